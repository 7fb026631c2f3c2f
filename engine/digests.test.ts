import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PURE_DIGESTS } from '#core/journal/chain.ts';
import { NODE_DIGESTS } from './digests.ts';

it('the door and the workflow come to the same digests, whatever the text', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  fc.assert(
    fc.property(key, fc.string({ unit: 'grapheme' }), (salt, text) => {
      expect(NODE_DIGESTS.sha256(text)).toBe(PURE_DIGESTS.sha256(text));
      expect(NODE_DIGESTS.hmacSha256(salt, text)).toBe(PURE_DIGESTS.hmacSha256(salt, text));
    }),
  );
});
