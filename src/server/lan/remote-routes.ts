import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod/mini';
import { demoRoutes } from '../routes/demo-routes.ts';
import { streamStage } from '../event-stream.ts';
import { pageHeaders } from '../page-headers.ts';
import { ApiProblem } from '../problem.ts';
import { readBody } from '../routes/read-body.ts';
import { runRoutes } from '../routes/run-routes.ts';
import { shellRoutes } from '../routes/shell-routes.ts';
import type { ServerContext } from '../server-context.ts';
import type { StageMessage } from '../../stage/stage-message.ts';
import type { StageRequest } from '../../stage/stage-schema.ts';
import { carryOut, readStageChange, stageRoutes, toGreeting } from '../routes/stage-routes.ts';
import { toDeviceName } from './device-name.ts';
import type { Device, Pairing } from './pairing.ts';

export interface RemoteContext {
  server: ServerContext;
  pairing: Pairing;
  pages: {
    /** Where a phone shows its code. It says nothing of the talk. */
    pair(): string;
    remote(): string;
    /** The deck, for the mirror on the phone. */
    slides(): string;
  };
}

type RemoteEnv = { Bindings: HttpBindings; Variables: { device: Device } };

/** A phone's cookie: a day is longer than any talk, and Deckhand forgets it when it ends. */
const COOKIE = 'deckhand-remote';
const COOKIE_SECONDS = 24 * 3600;

/** How long a phone that is taken back has to hear it. */
const LAST_WORD_MS = 300;

/** All that a paired phone may ask for. What is added to the API elsewhere is not for phones until it stands here. */
const PHONE_MAY: readonly (readonly [method: string, path: RegExp])[] = [
  ['GET', /^\/api\/(?:deck|stage|stage\/events|demos)$/],
  ['GET', /^\/api\/demos\/[^/]+\/recording\/(?:run\.cast|app\.png)$/],
  ['GET', /^\/api\/runs\/[^/]+\/events$/],
  ['POST', /^\/api\/stage(?:\/laser|\/speaker)?$/],
  ['POST', /^\/api\/demos\/[^/]+\/(?:runs|reset)$/],
  ['POST', /^\/api\/runs\/[^/]+\/(?:replicas|commands|services\/[^/]+)$/],
  ['DELETE', /^\/api\/runs\/[^/]+$/],
];

const PHONE_CHANGES: readonly StageRequest['type'][] = [
  'move',
  'pause',
  'timer',
  'replay',
  'replay-pause',
  'replay-speed',
  'replay-seek',
  'replay-stop',
  'fallback',
  'fallback-seen',
];

const PHONE_HEARS: readonly StageMessage['event'][] = [
  'hello',
  'stage',
  'demos',
  'deck',
  'drawings',
  'drawing',
  'laser',
  'times',
  'alive',
];

const pairBody = z.object({ code: z.string().check(z.maxLength(100)) });

export function remoteRoutes(remote: RemoteContext): Hono<RemoteEnv> {
  const { server, pairing, pages } = remote;
  const routes = new Hono<RemoteEnv>();
  const page = (html: string) => new Response(html, { headers: pageHeaders('elsewhere', html) });
  const deviceOf = toDeviceOf(pairing);
  routes.get('/remote', (context) => page(deviceOf(context) === undefined ? pages.pair() : pages.remote()));
  // At the top, like every page with slides: their pictures' addresses count from there.
  routes.get('/slides', (context) => {
    if (deviceOf(context) === undefined) throw notPaired();
    return page(pages.slides());
  });
  routes.post('/remote/pair', async (context) => {
    const hint = 'Scan the code on the speaker view: it is eight letters and digits.';
    const { code } = await readBody(context, pairBody, { code: 'bad-code', title: 'Not a code', hint });
    const address = context.env.incoming.socket.remoteAddress ?? '';
    const name = toDeviceName(context.req.header('user-agent') ?? '');
    const token = pairing.pair(code, { name, address });
    setCookie(context, COOKIE, token, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: COOKIE_SECONDS,
    });
    return context.json({ name });
  });
  routes.use('/api/*', onlyPaired(deviceOf));
  routes.get('/api/stage/events', (context) => streamToPhone(context, remote));
  routes.post('/api/stage', async (context) => {
    const change = await readStageChange(server, context);
    checkPhoneChange(change, server);
    return context.json({ version: carryOut(server, change) });
  });
  routes.use('/api/runs/:id/events', endWhenTakenBack(pairing));
  const parts = [stageRoutes(server), demoRoutes(server), runRoutes(server), shellRoutes(server)];
  for (const part of parts) routes.route('/api', part);
  return routes;
}

function toDeviceOf(pairing: Pairing): (context: Context) => Device | undefined {
  return (context) => pairing.find(getCookie(context, COOKIE));
}

/** For what nobody but a paired phone gets. */
export function forPhones(pairing: Pairing): MiddlewareHandler {
  const deviceOf = toDeviceOf(pairing);
  return async (context, next) => {
    if (deviceOf(context) === undefined) throw notPaired();
    await next();
  };
}

function onlyPaired(deviceOf: (context: Context) => Device | undefined): MiddlewareHandler<RemoteEnv> {
  return async (context, next) => {
    const device = deviceOf(context);
    if (device === undefined) throw notPaired();
    const { method, path } = context.req;
    if (!PHONE_MAY.some(([may, pattern]) => may === method && pattern.test(path))) throw notForPhones();
    context.set('device', device);
    await next();
  };
}

/** As the stage's events on the speaker's screens; ends, with a word, when the phone is taken back. */
function streamToPhone(context: Context<RemoteEnv>, { server, pairing }: RemoteContext): Response {
  return streamStage(context, server.stage, toGreeting(server), {
    isTold: ({ event }) => PHONE_HEARS.includes(event),
    onOpen: (end) =>
      pairing.connect(context.get('device'), () => {
        end({ event: 'taken-back', data: '' });
        // One that doesn't read its last message is cut off all the same.
        setTimeout(() => context.env.outgoing.destroy(), LAST_WORD_MS).unref();
      }),
  });
}

function endWhenTakenBack(pairing: Pairing): MiddlewareHandler<RemoteEnv> {
  return async (context, next) => {
    const { outgoing } = context.env;
    const leave = pairing.connect(context.get('device'), () => outgoing.destroy());
    outgoing.on('close', leave);
    await next();
  };
}

function checkPhoneChange(change: StageRequest, { deck: { deck } }: ServerContext): void {
  if (!PHONE_CHANGES.includes(change.type)) throw notForPhones();
  if (change.type !== 'move') return;
  const { h, v } = change.position;
  if (deck.slides.some((slide) => slide.h === h && slide.v === v)) return;
  const detail = 'The deck has no such slide any more: this page shows a former one.';
  throw new ApiProblem({
    status: 409,
    code: 'old-deck',
    title: 'A former deck',
    detail,
    hint: 'Reload this page.',
  });
}

function notPaired(): ApiProblem {
  const detail = 'This phone is not paired with this talk (any more).';
  const hint = 'Scan the code that the speaker view shows now.';
  return new ApiProblem({ status: 401, code: 'not-paired', title: 'Not paired', detail, hint });
}

function notForPhones(): ApiProblem {
  const detail = 'A phone moves the talk, points, and runs demos: nothing else.';
  return new ApiProblem({
    status: 403,
    code: 'not-for-phones',
    title: 'Not for phones',
    detail,
    hint: 'Do it on the laptop.',
  });
}
