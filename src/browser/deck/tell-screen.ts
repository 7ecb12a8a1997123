import type { PreflightState, ScreenFacts } from '../../stage/preflight.ts';
import type { CallApi } from '../stage/api.ts';
import type { StageClient } from '../stage/stage-client.ts';

/** Answers the preflight's question for this window's size, once each time that it is asked. */
export function tellScreen(page: ScreenFacts['page'], stage: StageClient, call: CallApi): void {
  let answered = '';
  const preflight = ({ asks }: PreflightState) => {
    if (asks === undefined || asks === answered) return;
    answered = asks;
    call('POST', '/preflight/screen', { asks, screen: readScreen(page) }).catch(() => {});
  };
  stage.listen({ preflight });
}

function readScreen(page: ScreenFacts['page']): ScreenFacts {
  const { innerWidth, innerHeight, outerWidth, screen } = window;
  return {
    page,
    width: innerWidth,
    height: innerHeight,
    screenWidth: screen.width,
    screenHeight: screen.height,
    // The page's zoom makes the inside smaller in CSS pixels, not the outside. A window frame is a few pixels wide.
    zoom: outerWidth - innerWidth > 0 && outerWidth - innerWidth < 24 ? 1 : outerWidth / innerWidth || 1,
  };
}
