import type { RevealApi } from 'reveal.js';
import type { PageData } from '../../../stage/page-data.ts';
import type { Messages } from '../../messages.ts';
import type { CallApi } from '../../stage/api.ts';
import type { ListenToEvents } from '../../stage/event-stream.ts';
import type { StageClient } from '../../stage/stage-client.ts';

/** What panels need of their page. */
export interface PanelContext {
  deck: RevealApi;
  stage: StageClient;
  page: PageData;
  call: CallApi;
  listen: ListenToEvents;
  /** Who looks at this page: a preview takes no keys, and the audience changes nothing. */
  role: 'speaker' | 'preview' | 'audience';
  messages: Messages;
}

/** What a session needs of its page. */
export type SessionContext = Pick<PanelContext, 'stage' | 'call' | 'listen'>;
