/** JSON at rest: compressed, then encrypted under a subkey of its owner. */
import { compress, decompress } from './compression.ts';
import { type DataKey, decrypt, encrypt, type KeyUse } from './keys.ts';

export const sealJson = (key: DataKey, use: KeyUse, value: unknown): Buffer => encrypt(key.subkey(use), compress(JSON.stringify(value)));

/** The caller knows the shape: it was written by us, under an authenticated key. */
export const openJson = <T>(key: DataKey, use: KeyUse, sealed: Uint8Array): T =>
  JSON.parse(decompress(decrypt(key.subkey(use), sealed))) as T;
