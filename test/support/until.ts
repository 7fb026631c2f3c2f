/** Tests wait for conditions, never for time. */
const EVERY_MS = 20;
const WITHIN_MS = 45_000;

/** The first value that is neither null, undefined nor false. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = WITHIN_MS,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${withinMs / 1_000} s in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
