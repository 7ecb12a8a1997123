import { html, nothing, render } from 'lit';
import { ApiError, type Problem } from '../stage/api.ts';

/** Where a phone shows its code: read from the QR code's address, or typed. `pair` asks the server. */
export function showPairPage(root: HTMLElement, pair: (code: string) => Promise<void>): void {
  let problem: Problem | undefined;
  let isBusy = false;
  const attempt = async (code: string) => {
    isBusy = true;
    draw();
    try {
      await pair(code);
      location.reload();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      ({ problem } = error);
      isBusy = false;
      draw();
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void attempt(root.querySelector('input')?.value ?? '');
  };
  const draw = () =>
    render(
      html`<h1>Pair this phone</h1>
        <p>Scan the code on the speaker view, or type the code shown below it.</p>
        <form @submit=${submit}>
          <input
            aria-label="Pairing code"
            placeholder="XXXX-XXXX"
            maxlength="20"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
          />
          <button ?disabled=${isBusy}>${isBusy ? 'Pairing …' : 'Pair'}</button>
        </form>
        ${problem === undefined ? nothing : html`<p class="problem" role="alert"><b>${problem.detail}</b> ${problem.hint}</p>`}`,
      root,
    );
  draw();
  const code = location.hash.slice(1);
  if (code === '') return;
  // Used up by this: a reload must not try it again.
  history.replaceState(null, '', location.pathname);
  void attempt(code);
}
