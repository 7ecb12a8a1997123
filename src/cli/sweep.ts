import { findEngine } from '../engine/find-engine.ts';
import { sweep } from '../runner/containers/sweep.ts';

/** Removes what a Deckhand that was killed left on the engine, and says what. */
export async function runSweep(engine: string | undefined): Promise<void> {
  const found = await findEngine({ engine });
  if (found.engine === undefined) throw found.problem;
  try {
    const { containers, networks, images } = await sweep(found.engine);
    process.stdout.write(`Swept ${containers} containers, ${networks} networks and ${images} images.\n`);
  } finally {
    found.engine.close();
  }
}
