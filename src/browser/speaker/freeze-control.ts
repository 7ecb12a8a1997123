import { html, nothing, type TemplateResult } from 'lit';
import type { StageClient } from '../stage/stage-client.ts';

/** Whether the audience's picture stays as it is while the speaker looks elsewhere. */
export function freezeControl(stage: StageClient): TemplateResult {
  const isFrozen = stage.state.isFrozen === true;
  const toggle = () => void stage.change({ type: 'freeze', isFrozen: !isFrozen }).catch(() => {});
  return html`${isFrozen ? html`<span class="paused" role="status">the audience’s picture is frozen</span>` : nothing}
    <button title="The audience's picture stays as it is (V)" aria-pressed=${isFrozen} @click=${toggle}>
      ${isFrozen ? 'Unfreeze' : 'Freeze'}
    </button>`;
}
