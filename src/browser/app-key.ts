/** A key of the clicker that was pressed in an app: an event whose `detail` is the key, and which bubbles to the document. */
export const APP_KEY = 'app-key';
