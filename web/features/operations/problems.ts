import type { OperationsRow } from '#api/views/operations.ts';

export type Problem = OperationsRow['problem'];

export const PROBLEMS = [
  'stopped',
  'incident',
  'unconfirmed',
  'seal-pending',
  'not-archived',
  'suspended',
] as const satisfies readonly Problem[];

export const problemFrom = (value: unknown): Problem | null => PROBLEMS.find((problem) => problem === value) ?? null;
