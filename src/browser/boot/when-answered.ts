/** Ms between questions. */
const AGAIN_MS = 400;

/** Resolves when this page's address answers: to load it before that would leave the browser's error page on the screen. */
export async function whenAnswered(): Promise<void> {
  for (;;) {
    const request = { method: 'HEAD', cache: 'no-store' } as const;
    const answer = await fetch(location.href, request).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Loads this page again, as soon as that can be. */
export async function reloadSafely(): Promise<void> {
  await whenAnswered();
  location.reload();
}
