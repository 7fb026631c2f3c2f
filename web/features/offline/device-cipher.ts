/**
 * AES-256-GCM of the browser. The key comes from the server for whoever is signed in, cannot be read out again, and is in memory only:
 * of a device that is lost or shared nobody reads what lies on it.
 */
import type { KeptContent, KeptHead } from './kept.ts';

export interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const ALGORITHM = 'AES-GCM';
const NONCE_BYTES = 12;

export const importDeviceKey = (base64: string): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
    ALGORITHM,
    false,
    ['encrypt', 'decrypt'],
  );

export async function seal(key: CryptoKey, head: KeptHead, content: KeptContent): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(content));
  return { nonce, bytes: await crypto.subtle.encrypt({ name: ALGORITHM, iv: nonce, additionalData: boundTo(head) }, key, text) };
}

/** Null: of another key, or not what was written. */
export async function unseal(key: CryptoKey, head: KeptHead, { nonce, bytes }: Sealed): Promise<KeptContent | null> {
  try {
    const text = await crypto.subtle.decrypt({ name: ALGORITHM, iv: nonce, additionalData: boundTo(head) }, key, bytes);
    // Written by `seal`, under an authenticated key.
    return JSON.parse(new TextDecoder().decode(text)) as KeptContent;
  } catch {
    return null;
  }
}

/** Answers cannot be moved to another person, form or task by whoever can write to the device's storage. */
const boundTo = ({ id, personId, scope, formHash }: KeptHead): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    JSON.stringify([id, personId, formHash, scope.kind === 'task' ? [scope.instanceId, scope.taskId] : [scope.serviceKey]]),
  );
