import type { RunBlock } from '../../demo/run-block.ts';
import type { ServiceAction } from '../../demo/view.ts';
import type { RunSource } from '../../demo/run/run-event.ts';

/** A run in progress, as the server sees it; `runner/` makes them. */
/** A run under way on the engine. */
export interface LiveRun extends RunSource {
  /** Its own when it began before it was asked for; else the one that it was given. */
  readonly id?: string;
  stop(): void;
  ask(question: string): Promise<void>;
  /** Starts another container of the same image. */
  addReplica(): Promise<void>;
  /** Kills, stops or starts a service, or starts one more container of it. */
  control(service: string, action: ServiceAction): Promise<void>;
  readonly shells: LiveShells;
  readonly edits: LiveEdits;
  /** Resolves when everything that the run made is gone. Never rejects. */
  readonly done: Promise<void>;
}

/** Shells in a run's containers: one a service, which every screen shares. */
export interface LiveShells {
  open(service: string, size: { columns: number; rows: number }): Promise<void>;
  /** One screen has the keyboard at a time: another gets it by `take`. */
  type(service: string, keys: { text: string; screen: string; take: boolean }): Promise<void>;
  /** Types one of the demo's commands, and leaves it there. */
  typeCommand(name: string): Promise<void>;
  /** Any letter was pressed: with `typing: keys` it types the next one of the command. */
  pressKey(): void;
  /** Runs a code block of the deck; when it has ended, an event tells. */
  runBlock(block: RunBlock): Promise<void>;
  /** Runs what was typed; when it has ended, an event tells. */
  runCommand(): Promise<void>;
}

/** Files of a run that are edited on the slide. */
export interface LiveEdits {
  /** Changes a file for all screens; with `isSaved` the demo follows. */
  change(file: string, text: string, isSaved: boolean): Promise<void>;
  /** Plays a prepared edit, and saves it. */
  play(name: string): Promise<void>;
  /** Puts the files as they are into the author's own folder. Returns which were written. */
  keep(): Promise<string[]>;
}
