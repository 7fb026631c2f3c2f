/** Temporal takes no payload over 2 MB. Steps are measured as they are stored: compressed, as they travel. */
export const BATCH_BYTES_MAX = 1_000_000;

/** The first of these steps that go in one Update. One always goes: core holds a command to its size. */
export function stepsThatFit<Step extends { readonly body: Uint8Array }>(steps: readonly Step[]): readonly Step[] {
  let bytes = 0;
  for (const [index, { body }] of steps.entries()) {
    bytes += body.length;
    if (index > 0 && bytes > BATCH_BYTES_MAX) return steps.slice(0, index);
  }
  return steps;
}
