/** How much one command may carry; longer ones are refused. */
import type { Refusal } from './refusal.ts';

/** Signs in a reason. */
export const REASON_LENGTH_MAX = 2_000;

export const isTooLong = (reason: string | undefined): boolean => reason !== undefined && reason.length > REASON_LENGTH_MAX;

export const tooLong = (field: string, max: number): Refusal => ({ code: 'too-long', data: { field, max } });
