import RevealSearch from 'reveal.js/plugin/search';
import RevealZoom from 'reveal.js/plugin/zoom';

/** What reveal.js has for finding a word in the slides (Ctrl+Shift+F) and for looking closer (Alt and a click). */
export const PLUGINS = [RevealSearch(), RevealZoom()];
