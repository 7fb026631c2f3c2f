/**
 * The Merkle log over the heads of all instances' chains (P6), hashed as in RFC 9162, section 2.1: a head that was logged cannot be changed
 * or taken out later without another root. The log grows by a frontier, the roots of its complete subtrees, so an append needs no
 * reading back.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical.ts';

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

export interface ChainHead {
  readonly instanceId: string;
  readonly seq: number;
  /** Hash of the step, hex. */
  readonly hash: string;
}

/** Roots of the complete subtrees from the largest to the smallest: one for each bit of the size. */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly string[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, roots: [] };

export const leafHash = (head: ChainHead): string => bytesToHex(sha256(concatBytes(LEAF, utf8ToBytes(canonicalJson({ ...head })))));

const nodeHash = (left: string, right: string): string => bytesToHex(sha256(concatBytes(NODE, hexToBytes(left), hexToBytes(right))));

export function append({ size, roots }: Frontier, leaf: string): Frontier {
  const grown = [...roots, leaf];
  // As adding one to a binary number: every trailing one merges two subtrees of equal size.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const [left = '', right = ''] = grown.splice(-2);
    grown.push(nodeHash(left, right));
  }
  return { size: size + 1, roots: grown };
}

/** The root of the whole log; of an empty one the hash of nothing. */
export function rootOf({ roots }: Frontier): string {
  if (roots.length === 0) return bytesToHex(sha256(new Uint8Array()));
  return roots.reduceRight((right, left) => nodeHash(left, right));
}

/** The sibling hashes from a leaf up to the root (RFC 9162, 2.1.3.1). */
export function inclusionProof(leaves: readonly string[], index: number): readonly string[] {
  if (leaves.length <= 1) return [];
  const split = largestPowerBelow(leaves.length);
  return index < split
    ? [...inclusionProof(leaves.slice(0, split), index), treeHash(leaves.slice(split))]
    : [...inclusionProof(leaves.slice(split), index - split), treeHash(leaves.slice(0, split))];
}

/** Does the proof lead from the leaf at this index to the root of a log of this size? (RFC 9162, 2.1.3.2) */
export function provesInclusion(claim: {
  readonly leaf: string;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly string[];
  readonly root: string;
}): boolean {
  if (claim.index < 0 || claim.index >= claim.size) return false;
  let node = claim.index;
  let last = claim.size - 1;
  let hash = claim.leaf;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else hash = nodeHash(hash, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash === claim.root;
}

const treeHash = (leaves: readonly string[]): string => rootOf(leaves.reduce(append, EMPTY_FRONTIER));

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
