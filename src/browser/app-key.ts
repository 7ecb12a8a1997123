/** A key of the clicker that was pressed in an app: an event whose `detail` is the key, and which bubbles to the document. */
export const APP_KEY = 'app-key';

/** Escape was pressed in a shell: it gives the keys back, and pressed twice it is the program's. */
export const SHELL_ESCAPE = 'shell-escape';
