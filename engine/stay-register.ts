/** What of a stay may not stand in clear: its number, under the registry key of the hospital, and the commitment by which it is listed once. */
import { createHmac } from 'node:crypto';
import { normalStayNumber } from '#core/registry/discharge-list.ts';
import { openJson, sealJson } from './cipher.ts';
import type { DataKeys } from './data-keys.ts';

export interface StayIdentity {
  readonly stayNumber: string;
  readonly department: string;
}

export interface StayRegister {
  /** Keyed, because stay numbers are short and guessable. */
  match(disease: string, stayNumber: string): Buffer;
  seal(value: StayIdentity | Readonly<Record<string, string>>): Buffer;
  open(body: Uint8Array): StayIdentity;
}

export async function stayRegister(keys: Pick<DataKeys, 'findOrCreate'>, organisationId: string): Promise<StayRegister> {
  const key = await keys.findOrCreate(`registry:${organisationId}`);
  return {
    match: (disease, stayNumber) =>
      createHmac('sha256', key.subkey('commitment'))
        .update(JSON.stringify([disease, normalStayNumber(stayNumber)]))
        .digest(),
    seal: (value) => sealJson(key, 'registry', value),
    open: (body) => openJson<StayIdentity>(key, 'registry', body),
  };
}
