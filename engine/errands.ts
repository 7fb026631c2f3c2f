/**
 * Errands: work that a page asks for and only a worker can do, because it needs Temporal or the workflow bundle. The web process knows neither,
 * so it leaves a row and reads it again. At least once: a worker that dies leaves its errand due, and another begins it anew.
 */
import type { Database } from '#db/database.ts';
import { type Errand, finishErrand, takeErrand, tellProgress } from '#db/errands.ts';
import { Loop } from './loop.ts';

export interface ErrandOutcomes {
  readonly replay: ReplayOutcome;
  readonly rebuild: RebuildOutcome;
}
export type ErrandKind = keyof ErrandOutcomes;

/** What an auditor's replay came to. */
export type ReplayOutcome = (
  | { readonly verdict: 'same' }
  /** `journal`: its commands decide otherwise today; `hash`: a recorded hash does not follow; `history`: Temporal's record says otherwise. */
  | { readonly verdict: 'differs'; readonly seq: number; readonly where: 'journal' | 'hash' | 'history'; readonly detail: string }
  | { readonly verdict: 'erased' }
  | { readonly verdict: 'history-missing' }
) & {
  readonly steps: number;
  readonly runs: number;
  readonly historyEvents: number;
  readonly versions: { readonly semantics: number; readonly interpreter: string };
};

export interface RebuildOutcome {
  readonly looked: number;
  readonly rebuilt: number;
  /** Stopped for another reason than a missing workflow: for an operator, one by one. */
  readonly left: number;
}

/** An errand that failed again and again. */
export interface FailedOutcome {
  readonly failed: string;
}

export type Progress = (done: number, total: number) => Promise<void>;
export type ErrandHandlers = { readonly [Kind in ErrandKind]: (errand: Errand, progress: Progress) => Promise<ErrandOutcomes[Kind]> };

const POLL_MS = 1_000;
const LEASE_SECONDS = 60;
/** Temporal or the database may be away for a while; after this the asker is told. */
const PATIENCE_MS = 10 * 60_000;

export const startErrands = (
  { db, handlers }: { readonly db: Database; readonly handlers: ErrandHandlers },
  onError: (error: unknown) => void,
): Loop => new Loop({ everyMs: POLL_MS, turn: () => runOneErrand(db, handlers, onError), onError }).start();

/** False when none was due. */
export async function runOneErrand(db: Database, handlers: ErrandHandlers, onError: (error: unknown) => void): Promise<boolean> {
  const errand = await takeErrand(db, LEASE_SECONDS);
  if (!errand) return false;
  const { id, kind } = errand;
  try {
    if (!isKind(kind, handlers)) throw new Error(`No worker knows errands of kind ${kind}.`);
    const progress: Progress = (done, total) => tellProgress(db, { id, done, total, leaseSeconds: LEASE_SECONDS });
    await finishErrand(db, id, await handlers[kind](errand, progress));
  } catch (error) {
    onError(error);
    const outcome: FailedOutcome = { failed: error instanceof Error ? error.name : 'unknown' };
    if (Date.now() - Date.parse(errand.askedAt) > PATIENCE_MS) await finishErrand(db, id, outcome);
  }
  return true;
}

const isKind = (kind: string, handlers: ErrandHandlers): kind is ErrandKind => Object.hasOwn(handlers, kind);
