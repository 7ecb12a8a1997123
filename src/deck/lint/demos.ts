import type { AnyToken, Div } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { demoMessages } from './demo-messages.ts';
import { locate } from '../text/source.ts';
import { castFile } from '../syntax/block/cast.ts';
import { demoAttributes } from '../syntax/block/demo.ts';

/** What the clicker can do to a panel, beside opening one of its views. */
const STEPS = ['build', 'start', 'play', 'next', 'result', 'stop', 'reset'];
/** And to one of its services. */
const SERVICE_STEP = /^(?:kill|stop|start|scale):\S+$/u;
/** A command that is typed, and what was typed. */
const COMMAND_STEP = /^(?:type:\S+|run!?)$/u;
/** A prepared edit that is played. */
const EDIT_STEP = /^edit:\S+$/u;

const NAMED_STEPS = [SERVICE_STEP, COMMAND_STEP, EDIT_STEP];

/** Panels that show what is not there. */
export function lintDemos(cx: Compilation, tokens: readonly AnyToken[]): void {
  for (const token of tokens) {
    if (token.type !== 'div') continue;
    const { classes } = token.attr;
    if (classes.includes('demo')) lintDemo(cx, token);
    else if (classes.includes('cast') && castFile(token.attr) === '') {
      report(cx, demoMessages.castWithoutFile({ line: token.line, column: token.column, length: 3 }));
    }
  }
}

function lintDemo(cx: Compilation, div: Div): void {
  const { name, views, steps, src, layoutProblem } = demoAttributes(div.attr);
  const place = (word: string) => ({ ...locate(cx.source, word, div.line, 3), length: word.length });
  if (name === '') {
    report(cx, demoMessages.demoWithoutName({ line: div.line, column: div.column, length: 3 }));
    return;
  }
  if (layoutProblem !== undefined)
    report(cx, demoMessages.badLayout({ line: div.line, column: div.column, length: 3 }, layoutProblem));
  for (const step of steps) {
    const isKnown = STEPS.includes(step) || views.includes(step) || NAMED_STEPS.some((one) => one.test(step));
    if (!isKnown) report(cx, demoMessages.unknownStep(place(step), step, [...STEPS, ...views]));
  }
  const { demos } = cx.options;
  if (demos === undefined) return;
  const known = demos.get(name);
  // Its project is read once the deck is up; what is wrong with it is told then.
  if (known === undefined && src !== undefined) return;
  if (known === undefined) {
    report(cx, demoMessages.unknownDemo(place(name), name, [...demos.keys()]));
    return;
  }
  if (known.length === 0) return;
  for (const step of steps) {
    const service = SERVICE_STEP.test(step) ? step.slice(step.indexOf(':') + 1) : undefined;
    const services = known.flatMap((view) => (view.startsWith('logs:') ? [view.slice('logs:'.length)] : []));
    if (service !== undefined && !services.includes(service))
      report(cx, demoMessages.unknownService(place(step), name, service, services));
  }
  const isTyped = (one: string) => one.startsWith('type:');
  for (const step of steps.filter(isTyped))
    if (!known.includes(step))
      report(
        cx,
        demoMessages.unknownCommand(place(step), name, step.slice('type:'.length), known.filter(isTyped)),
      );
  const isPlayed = (one: string) => one.startsWith('play:');
  const edits = known.filter(isPlayed).map((one) => one.replace('play:', 'edit:'));
  for (const step of steps)
    if (EDIT_STEP.test(step) && !edits.includes(step) && !known.includes(step))
      report(cx, demoMessages.unknownStep(place(step), step, edits));
  const shown = known.filter((one) => !isTyped(one) && !isPlayed(one) && !one.startsWith('run:'));
  for (const view of views) {
    if (!shown.includes(view)) report(cx, demoMessages.unknownView(place(view), name, view, shown));
  }
}
