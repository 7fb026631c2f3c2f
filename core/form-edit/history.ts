/**
 * What can be undone, as a value: every change gives a new history. Edits in a row with the same merge key, such as the letters typed into one
 * field, count as one.
 */
export interface History<T> {
  /** The latest last. */
  readonly past: readonly T[];
  readonly present: T;
  /** The next first. */
  readonly future: readonly T[];
  /** Of the last record; null once something else happened. */
  readonly mergeKey: string | null;
}

export const HISTORY_MAX = 200;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], mergeKey: null });

/** A present that stays the same is nothing to undo. */
export function record<T>(history: History<T>, present: T, mergeKey: string | null = null): History<T> {
  if (present === history.present) return history;
  const isMerged = mergeKey !== null && mergeKey === history.mergeKey && history.past.length > 0;
  const past = isMerged ? history.past : [...history.past, history.present].slice(-HISTORY_MAX);
  return { past, present, future: [], mergeKey };
}

export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1) as T, future: [present, ...future], mergeKey: null };
}

export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0] as T, future: future.slice(1), mergeKey: null };
}

/** The field was left: what is typed next is an edit of its own. */
export const closeMerge = <T>(history: History<T>): History<T> => (history.mergeKey === null ? history : { ...history, mergeKey: null });

export const canUndo = ({ past }: History<unknown>): boolean => past.length > 0;
export const canRedo = ({ future }: History<unknown>): boolean => future.length > 0;
