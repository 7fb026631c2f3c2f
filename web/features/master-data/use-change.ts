import { useChangeOf } from '#web/lib/use-change.ts';

/** One change of master data. */
export const useChange = <Answer>(onDone: (answer: Answer) => void) => useChangeOf(['masterData'], onDone);
