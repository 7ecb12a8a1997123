import { Ajv2020 } from 'ajv/dist/2020.js';
import spec from './compose-spec.json' with { type: 'json' };

/**
 * The specification's schema as a function. Compiling it takes half a second, so that the built command line has it compiled in this
 * file's place: see vite.config.ts.
 */
export const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(spec);
