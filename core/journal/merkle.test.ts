import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, EMPTY_FRONTIER, inclusionProof, leafHash, provesInclusion, rootOf } from './merkle.ts';

const head = (n: number) => ({ instanceId: `i${n}`, seq: n + 1, hash: n.toString(16).padStart(64, '0') });
const leavesOf = (size: number) => Array.from({ length: size }, (_, n) => leafHash(head(n)));
const rootOfAll = (leaves: readonly string[]) => rootOf(leaves.reduce(append, EMPTY_FRONTIER));

describe('the log over the heads of all chains', () => {
  test('an empty log has the hash of nothing as its root', () => {
    expect(rootOf(EMPTY_FRONTIER)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('every leaf of a log is proved to be in it, at every size up to 33 and around powers of two', () => {
    for (const size of [...Array.from({ length: 33 }, (_, n) => n + 1), 63, 64, 65, 100]) {
      const leaves = leavesOf(size);
      const root = rootOfAll(leaves);
      for (const [index, leaf] of leaves.entries()) {
        expect(provesInclusion({ leaf, index, size, proof: inclusionProof(leaves, index), root })).toBe(true);
      }
    }
  });

  test('a changed head, another place, a changed proof or another root proves nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.nat(), fc.nat(), (size, place, bit) => {
        const leaves = leavesOf(size);
        const index = place % size;
        const proof = inclusionProof(leaves, index);
        const claim = { leaf: leaves[index] ?? '', index, size, proof, root: rootOfAll(leaves) };
        const flipped = (hash: string) => (Number.parseInt(hash[0] ?? '0', 16) ^ (1 << (bit % 4))).toString(16) + hash.slice(1);
        expect(provesInclusion({ ...claim, leaf: flipped(claim.leaf) })).toBe(false);
        expect(provesInclusion({ ...claim, root: flipped(claim.root) })).toBe(false);
        expect(provesInclusion({ ...claim, index: (index + 1) % size })).toBe(false);
        for (const at of proof.keys()) {
          expect(provesInclusion({ ...claim, proof: proof.map((hash, n) => (n === at ? flipped(hash) : hash)) })).toBe(false);
        }
      }),
    );
  });

  test('growing by the frontier gives the same root as building it at once', () => {
    let frontier = EMPTY_FRONTIER;
    const leaves = leavesOf(70);
    for (const [n, leaf] of leaves.entries()) {
      frontier = append(frontier, leaf);
      expect(rootOf(frontier)).toBe(rootOfAll(leaves.slice(0, n + 1)));
      expect(frontier.roots.length).toBeLessThanOrEqual(7);
    }
  });
});
