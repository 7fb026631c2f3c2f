import { useChangeOf } from '#web/lib/use-change.ts';

/** One change of who has to report, or of what is asked. */
export const useChange = <Answer>(onDone: (answer: Answer) => void) => useChangeOf(['quality'], onDone);

export const setPath = (set: string): string => `/api/quality/sets/${encodeURIComponent(set)}`;
