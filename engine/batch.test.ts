import { expect, it } from 'vitest';
import { BATCH_BYTES_MAX, stepsThatFit } from './batch.ts';

const steps = (...bytes: readonly number[]) => bytes.map((length) => ({ body: new Uint8Array(length) }));
const half = BATCH_BYTES_MAX / 2;

it.each([
  ['nothing of nothing', [], 0],
  ['all that is small', [100, 100, 100], 3],
  ['all that just fits', [half, half], 2],
  ['as many as fit', [half, half, 1], 2],
  ['one that is too large for itself', [2 * BATCH_BYTES_MAX, 1], 1],
] as const)('an Update takes %s', (_name, bytes, taken) => {
  expect(stepsThatFit(steps(...bytes))).toHaveLength(taken);
});
