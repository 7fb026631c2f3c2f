/** Which incidents may be told to whoever is not let into what an instance says. */
import type { IncidentCode } from '#core/process/event.ts';
import type { IncidentState } from '#core/process/state.ts';

/** Of the others the words may quote a value. */
const PLAIN_CODES: ReadonlySet<IncidentCode> = new Set([
  'job-failed',
  'child-failed',
  'error-uncaught',
  'loop-open',
  'no-flow-taken',
  'no-candidates',
  'step-budget-exceeded',
]);

export const isPlain = ({ code }: IncidentState): boolean => PLAIN_CODES.has(code);
