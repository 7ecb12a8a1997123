import 'katex/dist/katex.min.css';

/** Only the style sheet: math is set when the deck is compiled. A page of a deck with math links it by itself. */
export const MATH_STYLE = 'katex';
