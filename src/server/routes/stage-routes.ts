import { Hono, type Context } from 'hono';
import type * as z from 'zod/mini';
import { entryOf } from '../../demo/run/entry-of.ts';
import {
  drawingChangeSchema,
  laserSchema,
  speakerSchema,
  stageChangeSchema,
} from '../../stage/stage-schema.ts';
import { findPanel } from '../runs/find-demo.ts';
import { ApiProblem } from '../problem.ts';
import { streamStage } from '../event-stream.ts';
import { readJson } from './read-json.ts';
import type { ServerContext } from '../server-context.ts';
import type { StageMessage } from '../stage.ts';

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
    const change = drawingChangeSchema.safeParse(await readJson(context));
    if (!change.success) {
      const hint = 'See docs/api.md for what a drawing is.';
      throw new ApiProblem(
        400,
        'bad-drawing',
        'Not a drawing',
        'The body is not a valid change of a drawing.',
        hint,
      );
    }
    server.stage.draw(change.data);
    return context.body(null, 204);
  });
  routes.post('/stage/speaker', async (context) => {
    const window = speakerSchema.safeParse(await readJson(context));
    if (!window.success) {
      const hint = 'Send {"id": "a name of its own", "isShown": true}.';
      throw new ApiProblem(400, 'bad-speaker', 'Not a window', 'This names no speaker view.', hint);
    }
    server.stage.speakers.say(window.data.id, window.data.isShown);
    return context.body(null, 204);
  });
  routes.post('/stage/laser', async (context) => {
    const laser = laserSchema.safeParse(await readJson(context));
    if (!laser.success) {
      const hint = 'Send {"point": {"x": 50, "y": 50}} in hundredths of the slide, or {"point": null}.';
      throw new ApiProblem(400, 'bad-laser', 'Not a point', 'The body is not a point on a slide.', hint);
    }
    server.stage.tell({ event: 'laser', data: laser.data.point });
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

/** What a screen may ask for. */
export type AskedChange = z.infer<typeof stageChangeSchema>;

/** The change that the request asks for. Throws an `ApiProblem` when it is none, or of a demo that there isn't. */
export async function readStageChange(server: ServerContext, context: Context): Promise<AskedChange> {
  const change = stageChangeSchema.safeParse(await readJson(context));
  if (!change.success) {
    const hint = 'See docs/api.md for what the stage takes.';
    throw new ApiProblem(
      400,
      'bad-change',
      'Not a change',
      'The body is not a valid change of the stage.',
      hint,
    );
  }
  if ('demo' in change.data) findPanel(server, change.data.demo);
  return change.data;
}

/** Returns the version of the stage that came of it. */
export function carryOut(server: ServerContext, change: AskedChange): number {
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
  return (
    entryOf(stage.state.panels, panel)?.replay !== undefined || !demos().some(({ name }) => name === panel)
  );
}
