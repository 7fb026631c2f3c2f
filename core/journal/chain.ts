/**
 * The hash chain of one instance (P3). A step's hash covers an envelope in clear and a commitment to the personal part, so the chain
 * still verifies when the key, and with it the personal part, is gone.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ProcessEvent } from '#core/process/event.ts';
import type { ProcessState } from '#core/process/state.ts';
import { canonicalJson } from './canonical.ts';

export const GENESIS_HASH = '0'.repeat(64);

export interface StepEnvelope {
  readonly instanceId: string;
  readonly seq: number;
  readonly at: string;
  /** `person:<id>` or `system:<name>`. */
  readonly actor: string;
  readonly commandId: string;
  readonly commandType: string;
  readonly semantics: number;
}

/** SHA-256 of UTF-8 text, as hex: the same everywhere, from whatever is quickest where it runs. */
export interface Digests {
  readonly sha256: (text: string) => string;
  /** `key`: hex. */
  readonly hmacSha256: (key: string, text: string) => string;
}

/** For a workflow's sandbox and the browser, which have no digests of their own that answer at once. */
export const PURE_DIGESTS: Digests = {
  sha256: (text) => bytesToHex(sha256(utf8ToBytes(text))),
  hmacSha256: (key, text) => bytesToHex(hmac(sha256, hexToBytes(key), utf8ToBytes(text))),
};

/** `salt`: hex, 32 bytes, derived from the instance's key. Keyed, because names are guessable. */
export function commitmentOf(
  salt: string,
  step: { readonly events: readonly ProcessEvent[]; readonly state: ProcessState },
  digests = PURE_DIGESTS,
): string {
  return digests.hmacSha256(salt, canonicalJson({ events: step.events, state: step.state }));
}

export function stepHash(previousHash: string, envelope: StepEnvelope, commitment: string, digests = PURE_DIGESTS): string {
  return digests.sha256(canonicalJson({ ...envelope, commitment, previousHash }));
}
