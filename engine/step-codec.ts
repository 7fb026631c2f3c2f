/** What the encrypted body of a step holds. */
import type { Command } from '#core/process/command.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { openJson, sealJson } from './cipher.ts';
import type { DataKey } from './keys.ts';

export interface StepBody {
  readonly command: Command;
  readonly events: readonly ProcessEvent[];
}

export const sealStep = (key: DataKey, body: StepBody): Buffer => sealJson(key, 'journal', body);
export const openStep = (key: DataKey, body: Uint8Array): StepBody => openJson<StepBody>(key, 'journal', body);

/** The salt of the instance's commitments, as `core/journal/chain.ts` wants it. */
export const commitmentSalt = (key: DataKey): string => key.subkey('commitment').toString('hex');
