import type { Place } from '../messages/message.ts';
import { error } from '../messages/message.ts';

/** What the linter says of panels and the demos in them. */
export const demoMessages = {
  demoWithoutName: (place: Place) =>
    error(
      'demo-without-name',
      place,
      'This panel does not say which demo it shows.',
      'Write ::: {.demo name="…"}.',
    ),
  castWithoutFile: (place: Place) =>
    error(
      'cast-without-file',
      place,
      'This panel does not say which recording it plays.',
      'Write ::: {.cast src="….cast"}.',
    ),
  unknownDemo: (place: Place, name: string, known: readonly string[]) =>
    error(
      'unknown-demo',
      place,
      `There is no demo "${name}".`,
      known.length > 0
        ? `Demos of this deck: ${known.join(', ')}.`
        : 'Make a folder demos/' + name + ' with a compose.yaml.',
    ),
  unknownView: (place: Place, demo: string, view: string, known: readonly string[]) =>
    error(
      'unknown-view',
      place,
      `The demo "${demo}" has no view "${view}".`,
      `Its views: ${known.join(', ')}.`,
    ),
  badLayout: (place: Place, why: string) =>
    error(
      'bad-layout',
      place,
      `The views of this panel can't be laid out: ${why}.`,
      'Write | between views side by side, / between those above each other: views="(dockerfile | app) / logs".',
    ),
  unknownService: (place: Place, demo: string, service: string, known: readonly string[]) =>
    error(
      'unknown-service',
      place,
      `The demo "${demo}" has no service "${service}".`,
      `Its services: ${known.join(', ')}.`,
    ),
  unknownCommand: (place: Place, demo: string, command: string, known: readonly string[]) =>
    error(
      'unknown-command',
      place,
      `The demo "${demo}" has no command "${command}".`,
      known.length === 0
        ? 'Add it to x-demo.commands.'
        : `Its commands: ${known.map((one) => one.slice(5)).join(', ')}.`,
    ),
  unknownStep: (place: Place, step: string, known: readonly string[]) =>
    error('unknown-step', place, `A panel can't be asked to "${step}".`, `Steps are: ${known.join(', ')}.`),
};
