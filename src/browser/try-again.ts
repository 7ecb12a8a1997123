/** Ms between tries; together about as long as a laptop takes to change its network. */
const WAITS = [50, 150, 400, 800];

/**
 * Asks again for what was lost. A browser whose network changes breaks off what it was asking for, from its own machine too,
 * and a container's network that comes is such a change.
 */
export async function tryAgain<T>(
  ask: () => Promise<T>,
  mayAgain: (error: unknown) => boolean = () => true,
): Promise<T> {
  for (const wait of WAITS) {
    try {
      return await ask();
    } catch (error) {
      if (!mayAgain(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
      // Things may have changed meanwhile.
      if (!mayAgain(error)) throw error;
    }
  }
  return ask();
}
