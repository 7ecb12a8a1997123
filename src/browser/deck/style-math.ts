/**
 * Gives the page KaTeX's style sheet as soon as something in it needs it: a formula in a slide's notes, or the first one of the deck, that a
 * save brought. Without it browsers show a formula twice. The server names the sheet in every page that doesn't link it.
 */
export function styleMath(root: ParentNode): void {
  const named = document.querySelector<HTMLMetaElement>('meta[name="deckhand-math-style"]');
  if (named === null || root.querySelector('.katex') === null) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = named.content;
  named.replaceWith(link);
}
