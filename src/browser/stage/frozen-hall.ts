import type { HubListener } from './event-hub.ts';
import type { ListenToEvents } from './event-stream.ts';
import type { HubMessage } from './hub-message.ts';

/** What would change the picture. Whether anybody answers is heard all the same. */
const HELD = new Set([
  'stage',
  'deck',
  'demos',
  'drawings',
  'drawing',
  'laser',
  'files',
  'message',
  'end',
  'run',
]);

/**
 * What a screen of the hall hears. While the speaker has frozen it, it hears nothing that would change its picture, and then all of it
 * at once. One that comes while it is frozen shows the talk as it is then, and stays so.
 */
export function heardInHall(listen: ListenToEvents): ListenToEvents {
  let isFrozen = false;
  let held: { listener: HubListener; message: HubMessage }[] = [];
  const pass = (message: HubMessage, listener: HubListener) => {
    const isStage = message.event === 'stage';
    const wasFrozen = isFrozen;
    if (isStage) isFrozen = saysFrozen(message.data);
    if (!isFrozen && wasFrozen) {
      const late = held;
      held = [];
      for (const one of late) one.listener(one.message);
    }
    if (!isFrozen || !wasFrozen || !HELD.has(message.event)) return listener(message);
    // Of the stage only the newest state counts.
    if (isStage) held = held.filter((one) => one.listener !== listener || one.message.event !== 'stage');
    held.push({ listener, message });
  };
  return (url, listener) => {
    const end = listen(url, (message) => pass(message, listener));
    return () => {
      held = held.filter((one) => one.listener !== listener);
      end();
    };
  };
}

/** Read without parsing it once more: a text inside cannot say so, because its quotes are escaped. */
function saysFrozen(stage: string): boolean {
  return stage.includes('"isFrozen":true');
}
