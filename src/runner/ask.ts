import http from 'node:http';
import { UserError } from '../demo/user-error.ts';
import type { RunContext } from './run-context.ts';

const TIME_LIMIT_MS = 15_000;
/** Characters: an answer is drawn on a slide. */
const SIZE_LIMIT = 64_000;

/** Asks the demo's service what the audience typed, and tells its answer as an event. */
export async function askApp(context: RunContext, question: string): Promise<void> {
  const { ask } = context.demo;
  if (ask === undefined) {
    throw new UserError(
      'no-ask',
      `${context.demo.name} has nothing to ask.`,
      'Give it an x-demo.ask in compose.yaml.',
    );
  }
  const container = context.made.containers.find(({ service }) => service.name === ask.service);
  const state = container === undefined ? undefined : await context.engine.inspectContainer(container.id);
  const port = state?.ports.get(ask.port);
  if (port === undefined)
    throw new UserError('not-running', `${context.demo.name} does not run.`, 'Start it first.');
  const separator = ask.path.includes('?') ? '&' : '?';
  const path = `${ask.path}${separator}${new URLSearchParams({ [ask.param]: question }).toString()}`;
  const answer = await get(port, path).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'no-answer',
      `${ask.service} gave no answer: ${reason}.`,
      'Ask again, or start it again.',
      { cause: error },
    );
  });
  context.emit({ type: 'answer', question, ...answer });
}

async function get(port: number, path: string): Promise<{ status: number; reply: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    const request = http.get({ host: '127.0.0.1', port, path, agent: false, signal });
    request.once('error', reject);
    request.once('response', (response) => {
      let reply = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        reply += text;
        if (reply.length > SIZE_LIMIT) response.destroy(new Error('its answer is too long for a slide'));
      });
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, reply }));
    });
  });
}
