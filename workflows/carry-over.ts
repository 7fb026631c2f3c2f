/**
 * When a run of an instance hands over to the next (P17). A call that runs does not survive the end of its run, and must be made once: so a
 * run that has grown long goes over in the first moment in which no call runs. Timers are no calls: they stay armed until then, because
 * a job may take hours and a deadline must not wait for it. A run in which that moment does not come starts no more calls, so it comes.
 * Should one call outlast even that, Temporal refuses the 2,001st Update: steps then wait in the journal, and nobody waits for them.
 */
import type { RunLimits } from './messages.ts';

/** Well below Temporal's own limits of 51,200 events, 50 MB and 2,000 updates. */
export const LIMITS: RunLimits = { historyEventsMax: 4_000, updatesMax: 1_000 };
const HISTORY_BYTES_MAX = 8 * 1024 * 1024;
/** How far beyond its limits a run may grow before it starts no more calls. */
const PRESSING = 1.5;

export interface RunUse {
  readonly historyLength: number;
  readonly historySize: number;
  readonly updates: number;
  readonly continueAsNewSuggested: boolean;
}

/** `full`: goes over as soon as no call runs. `pressing`: and starts none. */
export type Fullness = 'roomy' | 'full' | 'pressing';

export function fullnessOf({ historyLength, historySize, updates, continueAsNewSuggested }: RunUse, limits: RunLimits = LIMITS): Fullness {
  const share = Math.max(historyLength / limits.historyEventsMax, updates / limits.updatesMax, historySize / HISTORY_BYTES_MAX);
  if (share >= PRESSING) return 'pressing';
  return share >= 1 || continueAsNewSuggested ? 'full' : 'roomy';
}
