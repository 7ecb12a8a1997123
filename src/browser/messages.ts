/** Short messages in a corner: for the author at home, and small enough not to spoil a talk. */
export interface Messages {
  /** Shows or replaces the message of this kind. */
  show(kind: string, message: Message): void;
  clear(kind: string): void;
}

export interface Message {
  what: string;
  hint: string;
  /** Lines of source text that it is about. */
  frame?: string | undefined;
  /** A button. */
  action?: { name: string; act: () => void } | undefined;
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
    show(kind, message) {
      clear(kind);
      const item = toItem(message, () => clear(kind));
      shown.set(kind, item);
      box.append(item);
    },
  };
}

function toItem({ what, hint, frame = '', action }: Message, close: () => void): HTMLElement {
  const item = document.createElement('div');
  item.className = 'message';
  const button = document.createElement('button');
  button.className = 'close';
  button.textContent = '×';
  button.ariaLabel = 'Close';
  button.addEventListener('click', close);
  item.append(button, paragraph(what));
  if (frame !== '') {
    const code = document.createElement('pre');
    code.textContent = frame;
    item.append(code);
  }
  item.append(paragraph(hint, 'hint'));
  if (action !== undefined) {
    const more = document.createElement('button');
    more.className = 'action';
    more.textContent = action.name;
    more.addEventListener('click', action.act);
    item.append(more);
  }
  return item;
}

function paragraph(words: string, name = ''): HTMLElement {
  const text = document.createElement('p');
  text.className = name;
  text.textContent = words;
  return text;
}
