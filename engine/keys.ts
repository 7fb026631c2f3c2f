/**
 * Keys: a provider wraps data keys, every owner (an instance, a person, a file) has a data key of its own, and every use has a
 * subkey derived from it. Erasing the wrapped key erases everything that was encrypted for its owner.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface KeyProvider {
  wrap(key: Buffer): Promise<Buffer>;
  unwrap(wrapped: Buffer): Promise<Buffer>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** A key-encryption key in a local file, made on first use, readable by its owner only. For a laptop; a hospital gives a provider of its own. */
export function localKeyProvider(file: string): KeyProvider {
  const key = readOrCreateKey(file);
  return {
    wrap: async (plain) => encrypt(key, plain),
    unwrap: async (wrapped) => decrypt(key, wrapped),
  };
}

function readOrCreateKey(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    try {
      // 'wx': of two processes that start at once, one makes the key and the other reads it.
      writeFileSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
  }
  chmodSync(file, 0o600);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== KEY_BYTES) throw new Error(`The key file ${file} must hold ${KEY_BYTES} bytes as hex.`);
  return key;
}

/** AES-256-GCM: nonce, ciphertext, tag. */
export function encrypt(key: Buffer, plain: Uint8Array): Buffer {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

const NONCES_AT_ONCE = 256;
let nonces: Buffer = Buffer.alloc(0);

/** Random, each given out once; fetched many at a time, because asking the system costs more than encrypting. */
function nextNonce(): Buffer {
  if (nonces.length === 0) nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

/** Throws when the bytes were changed or belong to another key. */
export function decrypt(key: Buffer, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)), decipher.final()]);
}

export type KeyUse = 'journal' | 'payload' | 'file' | 'draft' | 'commitment' | 'archive' | 'correlation' | 'device' | 'registry';

/** The subkeys of one owner, derived once. */
export class DataKey {
  readonly #key: Buffer;
  readonly #subkeys = new Map<KeyUse, Buffer>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  subkey(use: KeyUse): Buffer {
    const known = this.#subkeys.get(use);
    if (known) return known;
    const made = Buffer.from(hkdfSync('sha256', this.#key, '', `bihuan:${use}`, KEY_BYTES));
    this.#subkeys.set(use, made);
    return made;
  }
}
