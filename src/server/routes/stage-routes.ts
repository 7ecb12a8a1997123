import { Hono, type Context } from 'hono';
import { panelOf, replayOf } from '../../stage/panel-state.ts';
import {
  drawingChangeSchema,
  laserSchema,
  speakerSchema,
  stageRequestSchema,
  type StageRequest,
} from '../../stage/stage-schema.ts';
import { findPanel } from '../runs/find-demo.ts';
import { streamStage } from '../event-stream.ts';
import { readBody } from './read-body.ts';
import type { ServerContext } from '../server-context.ts';
import type { StageMessage } from '../../stage/stage-message.ts';

export function stageRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.get('/health', (context) => context.json({ name: 'deckhand', version: server.version }));
  routes.get('/deck', (context) => {
    const { deck, version } = server.deck;
    return context.json({ version, title: deck.title, stacks: deck.stacks, plan: server.plan() });
  });
  routes.get('/stage', (context) => context.json(server.stage.state));
  routes.get('/stage/events', (context) => streamStage(context, server.stage, toGreeting(server)));
  routes.post('/stage', async (context) => {
    const change = await readStageChange(server, context);
    return context.json({ version: carryOut(server, change) });
  });
  routes.post('/stage/drawing', async (context) => {
    const hint = 'See docs/api.md for what a drawing is.';
    const bad = { code: 'bad-drawing', title: 'Not a drawing', hint };
    server.stage.draw(await readBody(context, drawingChangeSchema, bad));
    return context.body(null, 204);
  });
  routes.post('/stage/speaker', async (context) => {
    const hint = 'Send {"id": "a name of its own", "isShown": true}.';
    const bad = { code: 'bad-speaker', title: 'Not a window', hint };
    const { id, isShown } = await readBody(context, speakerSchema, bad);
    server.stage.speakers.say(id, isShown);
    return context.body(null, 204);
  });
  routes.post('/stage/laser', async (context) => {
    const hint = 'Send {"point": {"x": 50, "y": 50}} in hundredths of the slide, or {"point": null}.';
    const { point } = await readBody(context, laserSchema, { code: 'bad-laser', title: 'Not a point', hint });
    server.stage.tell({ event: 'laser', data: point });
    return context.body(null, 204);
  });
  return routes;
}

/** Everything that a screen which just came is told. */
export function toGreeting(server: ServerContext): StageMessage[] {
  const greeting: StageMessage[] = [
    { event: 'hello', data: { instance: server.instance, deckVersion: server.deck.version } },
    { event: 'stage', data: server.stage.state },
    { event: 'demos', data: server.demos() },
    { event: 'drawings', data: server.stage.drawings },
    { event: 'times', data: server.times.told },
    ...server.preflight.greeting,
    server.newestSave(),
  ];
  return server.lan === undefined ? greeting : [...greeting, { event: 'lan', data: server.lan.state }];
}

/** The change that the request asks for. Throws an `ApiProblem` when it is none, or of a demo that there isn't. */
export async function readStageChange(server: ServerContext, context: Context): Promise<StageRequest> {
  const hint = 'See docs/api.md for what the stage takes.';
  const bad = { code: 'bad-change', title: 'Not a change', hint };
  const change = await readBody(context, stageRequestSchema, bad);
  if ('demo' in change) findPanel(server, change.demo);
  return change;
}

/** Returns the version of the stage that came of it. */
export function carryOut(server: ServerContext, change: StageRequest): number {
  const { stage, runs, safetyNet } = server;
  if (change.type === 'replay-pause' && change.orPlay === true && !isPlaying(server, change.demo))
    return carryOut(server, { type: 'fallback', demo: change.demo, take: true });
  if (change.type === 'replay') runs.preferRecording(change.demo);
  if (change.type !== 'fallback') return stage.change(change);
  safetyNet.decide(change);
  if (change.take && change.answers === undefined) runs.preferRecording(change.demo);
  return server.stage.state.version;
}

/** Files of the deck have no run that could be in the way. */
function isPlaying({ stage, demos }: ServerContext, panel: string): boolean {
  return replayOf(panelOf(stage.state, panel)) !== undefined || !demos().some(({ name }) => name === panel);
}
