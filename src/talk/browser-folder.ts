import { fileURLToPath } from 'node:url';

/** The bundled pages' scripts, styles and fonts, beside the bundled command line in `dist/`. */
export const BROWSER_FOLDER = fileURLToPath(new URL('../browser', import.meta.url));
