import { describe, expect, it } from 'vitest';
import type { Job } from './jobs.ts';
import { randomCode } from './random-code.ts';

const job = (kind: unknown): Job => ({ instanceId: 'i', effectId: 'e', headers: {}, secrets: {}, variables: { kind: kind as string } });
const codes = async (kind: string): Promise<readonly unknown[]> =>
  Promise.all(Array.from({ length: 2_000 }, async () => (await randomCode(job(kind))).code));

describe('a random code', () => {
  it('to be typed has six digits, none of them a leading zero', async () => {
    for (const code of await codes('one-time')) expect(String(code)).toMatch(/^[1-9]\d{5}$/);
  });

  it('for a label has letters and digits that nobody takes for one another', async () => {
    for (const code of await codes('label')) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{6}$/);
  });

  it.each(['one-time', 'label'])('of kind %s hardly ever comes twice', async (kind) => {
    expect(new Set(await codes(kind)).size).toBeGreaterThan(1_980);
  });

  it('of another kind is refused for good', async () => {
    await expect(randomCode(job('pin'))).rejects.toMatchObject({ isFinal: true });
    await expect(randomCode(job(undefined))).rejects.toMatchObject({ isFinal: true });
  });
});
