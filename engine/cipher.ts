/** JSON at rest: deflated, then encrypted under a subkey of its owner. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type DataKey, decrypt, encrypt, type KeyUse } from './keys.ts';

export const sealJson = (key: DataKey, use: KeyUse, value: unknown): Buffer =>
  encrypt(key.subkey(use), deflateRawSync(JSON.stringify(value)));

/** The caller knows the shape: it was written by us, under an authenticated key. */
export const openJson = <T>(key: DataKey, use: KeyUse, sealed: Uint8Array): T =>
  JSON.parse(inflateRawSync(decrypt(key.subkey(use), sealed)).toString('utf8')) as T;
