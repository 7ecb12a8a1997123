import { randomBytes } from 'node:crypto';
import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { toNoAnswerPage } from './no-answer-page.ts';
import { FILE_PATH, OPEN_PATH, openFrame, tellFile } from './frame-keys.ts';
import { toFramedPolicy } from './policy.ts';
import { isPage, sendPage } from './send-page.ts';
import { toAppHeaders, toSafeHeaders } from './safe-headers.ts';
import { toPlace, type FindApp, type Found } from './shown-app.ts';

const MAX_HEADERS = 256 * 1024;

/** Passes one request to the app, and its answer back. Never throws, whatever the two of them say. */
export function answerForApp(find: FindApp, request: IncomingMessage, response: ServerResponse): void {
  response.on('error', () => response.destroy());
  const place = toPlace(request);
  const found = place === undefined ? undefined : find(place.host);
  if (place === undefined || found === undefined) return refuse(response, 421, 'No app is shown here.');
  if (found.frame !== undefined && place.path.startsWith(`${FILE_PATH}?`))
    return tellFile(found.frame, response);
  if (found.frame !== undefined && place.path.startsWith(`${OPEN_PATH}?`)) {
    openFrame(found.frame, place.path, request, response);
    return;
  }
  // It would stand between the app's pages and the preview, and see what is for the deck alone.
  if (
    request.headers['service-worker'] !== undefined ||
    request.headers['sec-fetch-dest'] === 'serviceworker'
  )
    return refuse(response, 403, 'Apps in a deck have no service workers.');
  try {
    pass(found, place.path, request, response);
  } catch {
    refuse(response, 400, 'The app can not be asked that.');
  }
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}

function pass(found: Found, path: string, request: IncomingMessage, response: ServerResponse): void {
  const { method } = request;
  const { port } = found.app;
  const headers: OutgoingHttpHeaders = toAppHeaders(found, request);
  const asked = { host: '127.0.0.1', port, method, path, headers, agent: false, maxHeaderSize: MAX_HEADERS };
  let isAnswered = false;
  const onward = http.request(asked, (answer) => {
    isAnswered = true;
    reply(found, answer, request, response).catch(() => response.destroy());
  });
  const fail = (): void => {
    onward.destroy();
    if (isAnswered || response.headersSent) response.destroy();
    else if (!response.destroyed) sayNoAnswer(found, request, response);
  };
  onward.on('error', fail);
  // It changes to another protocol, which nobody has asked for.
  onward.on('upgrade', fail);
  onward.on('close', () => isAnswered || fail());
  response.on('close', () => onward.destroy());
  request.on('error', () => onward.destroy());
  request.pipe(onward);
}

/** What stands before an app while it starts. It must not stay: nobody on a stage has a key for reloading a frame. */
const STARTING = [502, 503, 504];

/** Nothing is opened by these. */
const NO_VISIT = [204, 205, 301, 302, 303, 307, 308];

async function reply(
  found: Found,
  answer: IncomingMessage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { statusCode = 502 } = answer;
  const status = statusCode >= 200 && statusCode <= 999 ? statusCode : 502;
  const headers = toSafeHeaders(found, answer);
  const nonce = randomBytes(16).toString('base64');
  allowFrame(headers, nonce);
  if (STARTING.includes(status) && request.method === 'GET' && isVisit(request)) headers['refresh'] ??= '2';
  const hasScript = isPage(request, status, headers);
  if (found.frame !== undefined && isVisit(request) && !NO_VISIT.includes(status))
    found.frame.isFile = !hasScript;
  if (isVisit(request) && hasScript) {
    await sendPage({ found, status, headers, nonce, isForUs: isForUs(request) }, answer, response);
    return;
  }
  if (found.frame !== undefined && isVisit(request)) holdScripts(headers);
  response.writeHead(status, headers);
  // What has a body and may have none: Node says so by itself.
  await pipeline(answer, response);
}

/** The deck frames what its author has put there: Django's default, for one, forbids it. */
function allowFrame(headers: Record<string, string | string[]>, nonce: string): void {
  delete headers['x-frame-options'];
  const policy = headers['content-security-policy'];
  if (policy === undefined) return;
  delete headers['content-security-policy'];
  const framed = toFramedPolicy(String(policy), nonce);
  if (framed !== undefined) headers['content-security-policy'] = framed;
}

/** What can run scripts and can't have ours, which tells the clicker's keys: SVG, XHTML, XML with a style sheet. */
function holdScripts(headers: Record<string, string | string[]>): void {
  if (!/xml/iu.test(String(headers['content-type'] ?? ''))) return;
  const policy = headers['content-security-policy'];
  headers['content-security-policy'] = policy === undefined ? 'sandbox' : `${String(policy)}, sandbox`;
}

/** An app that frames a page of its own can keep our script from running there, and read the frame's key in it. */
function isForUs({ headers }: IncomingMessage): boolean {
  return headers['sec-required-csp'] === undefined;
}

/** A page that is opened, not something that a page asks for. Old browsers don't tell. */
function isVisit({ headers }: IncomingMessage): boolean {
  const dest = headers['sec-fetch-dest'];
  return dest === undefined || ['document', 'iframe', 'frame'].includes(dest);
}

function sayNoAnswer(found: Found, request: IncomingMessage, response: ServerResponse): void {
  if (!isVisit(request)) return refuse(response, 502, 'The app does not answer.');
  if (found.frame !== undefined) found.frame.isFile = false;
  response
    .writeHead(502, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', Refresh: '1' })
    .end(toNoAnswerPage(found.frame));
}
