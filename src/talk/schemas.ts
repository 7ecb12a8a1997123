import { xDemoSchema } from '../compose/demo/x-demo.ts';
import { deckSchema } from '../deck/deck-schema.ts';

/** What editors check and complete by, by name. */
const SCHEMAS = { deck: deckSchema, 'x-demo': xDemoSchema };

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[];
export type SchemaName = keyof typeof SCHEMAS;

/** A JSON Schema as text, as it stands in `schemas/`. */
export function schemaText(name: SchemaName): string {
  return `${JSON.stringify(SCHEMAS[name](), undefined, 2)}\n`;
}
