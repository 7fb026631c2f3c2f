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

/** `salt`: hex, 32 bytes, derived from the instance's key. Keyed, because names are guessable. */
export function commitmentOf(salt: string, step: { readonly events: readonly ProcessEvent[]; readonly state: ProcessState }): string {
  return bytesToHex(hmac(sha256, hexToBytes(salt), utf8ToBytes(canonicalJson({ events: step.events, state: step.state }))));
}

export function stepHash(previousHash: string, envelope: StepEnvelope, commitment: string): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...envelope, commitment, previousHash }))));
}
