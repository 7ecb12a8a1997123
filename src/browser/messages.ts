/** Short messages in a corner: for the author at home, and small enough not to spoil a talk. */
export interface Messages {
  /** Shows or replaces the message of this kind. */
  show(kind: string, what: string, hint: string): void;
  clear(kind: string): void;
}

/** `isShown` is false in mirrors, where the window around them already says it. */
export function showMessages(isShown: boolean): Messages {
  const box = document.createElement('div');
  box.className = 'messages';
  box.setAttribute('role', 'status');
  if (isShown) document.body.append(box);
  const shown = new Map<string, HTMLElement>();
  const clear = (kind: string) => {
    shown.get(kind)?.remove();
    shown.delete(kind);
  };
  return {
    clear,
    show(kind, what, hint) {
      clear(kind);
      const item = toItem(what, hint, () => clear(kind));
      shown.set(kind, item);
      box.append(item);
    },
  };
}

function toItem(what: string, hint: string, close: () => void): HTMLElement {
  const item = document.createElement('div');
  item.className = 'message';
  const button = document.createElement('button');
  button.textContent = '×';
  button.ariaLabel = 'Close';
  button.addEventListener('click', close);
  const text = document.createElement('p');
  text.textContent = what;
  const next = document.createElement('p');
  next.className = 'hint';
  next.textContent = hint;
  item.append(button, text, next);
  return item;
}
