import type { Recording, UnreadableRecording } from '../../../demo/recording/recording.ts';
import { toPace, type RecordedPace } from '../../../demo/recording/recorded-pace.ts';
import { toTimeline } from '../../../demo/recording/timeline.ts';

/** The recording beside a live run: there to be compared with, and at hand when it must go on. */
export class BesideRecording {
  pace: RecordedPace | undefined;
  readonly #load: () => Promise<Recording | UnreadableRecording>;
  #loaded: Promise<Recording | UnreadableRecording> | undefined;

  readonly #idleMs: () => number | undefined;

  /** `idleMs` is how long the demo's silences last at most, when it says so itself. */
  constructor(load: () => Promise<Recording | UnreadableRecording>, idleMs: () => number | undefined) {
    this.#load = load;
    this.#idleMs = idleMs;
  }

  /** A live run begins: reads the recording, which that run replaces only when it has ended. */
  open(): void {
    this.pace = undefined;
    const loaded = this.#load();
    this.#loaded = loaded;
    void loaded.then((recording) => {
      if (this.#loaded === loaded && !('unreadable' in recording))
        this.pace = toPace(toTimeline(recording, this.#idleMs()));
    });
  }

  close(): void {
    this.pace = undefined;
    this.#loaded = undefined;
  }

  /** What was read when the run began; read now when none is under way. */
  read(): Promise<Recording | UnreadableRecording> {
    return this.#loaded ?? this.#load();
  }
}
