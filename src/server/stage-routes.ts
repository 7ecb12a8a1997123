import { Hono } from 'hono';
import { drawingChangeSchema, laserSchema, stageChangeSchema } from '../stage/stage-schema.ts';
import { findPanel } from './find-demo.ts';
import { ApiProblem } from './problem.ts';
import { streamStage } from './event-stream.ts';
import { readJson } from './read-json.ts';
import type { ServerContext } from './server-context.ts';

export function stageRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.get('/health', (context) => context.json({ name: 'deckhand', version: server.version }));
  routes.get('/deck', (context) => {
    const { deck, version } = server.deck;
    return context.json({ version, title: deck.title, stacks: deck.stacks, plan: server.plan() });
  });
  routes.get('/stage', (context) => context.json(server.stage.state));
  routes.get('/stage/events', (context) =>
    streamStage(context, server.stage, [
      { event: 'hello', data: { instance: server.instance, deckVersion: server.deck.version } },
      { event: 'stage', data: server.stage.state },
      { event: 'demos', data: server.demos() },
      { event: 'drawings', data: server.stage.drawings },
      { event: 'times', data: server.times.told },
      ...server.preflight.greeting,
      server.newestSave(),
    ]),
  );
  routes.post('/stage', async (context) => {
    const change = stageChangeSchema.safeParse(await readJson(context));
    if (!change.success) {
      const hint = 'See docs/api.md for what the stage takes.';
      throw new ApiProblem(400, 'bad-change', 'Not a change', 'This is no change of the stage.', hint);
    }
    if ('demo' in change.data) findPanel(server, change.data.demo);
    if (change.data.type !== 'fallback') return context.json({ version: server.stage.change(change.data) });
    server.safetyNet.decide(change.data.demo, change.data.take);
    return context.json({ version: server.stage.state.version });
  });
  routes.post('/stage/drawing', async (context) => {
    const change = drawingChangeSchema.safeParse(await readJson(context));
    if (!change.success) {
      const hint = 'See docs/api.md for what a drawing is.';
      throw new ApiProblem(400, 'bad-drawing', 'Not a drawing', 'This is no change of a drawing.', hint);
    }
    server.stage.draw(change.data);
    return context.body(null, 204);
  });
  routes.post('/stage/laser', async (context) => {
    const laser = laserSchema.safeParse(await readJson(context));
    if (!laser.success) {
      const hint = 'Send {"point": {"x": 50, "y": 50}} in hundredths of the slide, or {"point": null}.';
      throw new ApiProblem(400, 'bad-laser', 'Not a point', 'This is no point on a slide.', hint);
    }
    server.stage.tell({ event: 'laser', data: laser.data.point });
    return context.body(null, 204);
  });
  return routes;
}
