import http from 'node:http';
import type { AppTarget } from '../demo/demo.ts';
import { UserError } from '../demo/user-error.ts';
import { EngineError } from '../engine/engine-error.ts';
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
  const port = await findPort(context, ask);
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

/** Undefined as long as the service doesn't run, or runs no more. */
async function findPort({ made, engine }: RunContext, target: AppTarget): Promise<number | undefined> {
  const container = made.containers.find(({ service }) => service.name === target.service);
  if (container === undefined) return undefined;
  try {
    return (await engine.inspectContainer(container.id)).ports.get(target.port);
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return undefined;
    throw error;
  }
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
