/** Where a report stands, in a word, from what is open in its instance and how that ended. */

export const REPORT_STAGES = [
  'not-reported',
  'checking',
  'locked',
  'correcting',
  'approving',
  'accepting',
  'accepted',
  'answering',
  'closed',
  'missed',
  'left',
  'unanswered',
] as const;
export type ReportStage = (typeof REPORT_STAGES)[number];

const BY_TASK: Readonly<Record<string, ReportStage>> = {
  enter: 'not-reported',
  check: 'checking',
  locked: 'locked',
  correct: 'correcting',
  'approve-hospital': 'approving',
  'approve-city': 'approving',
  'approve-province': 'approving',
  accept: 'accepting',
  evaluate: 'answering',
  plan: 'answering',
  confirm: 'answering',
};

const BY_END: Readonly<Record<string, ReportStage>> = {
  closed: 'closed',
  expired: 'missed',
  aborted: 'left',
  canceled: 'left',
  'closed-unevaluated': 'unanswered',
};

/** `isReported`: a version was submitted. While a job runs nothing is open: it is on its way to approval, or accepted and waiting for its feedback. */
export function reportStage({
  status,
  elementIds,
  isReported,
}: {
  readonly status: string;
  readonly elementIds: readonly string[];
  readonly isReported: boolean;
}): ReportStage {
  const ended = BY_END[status];
  if (ended) return ended;
  const [open] = elementIds.flatMap((id) => BY_TASK[id] ?? []);
  return open ?? (isReported ? 'accepted' : 'not-reported');
}

/** What urging reaches: those who hold these have still to hand in. */
export const URGED_ELEMENTS: readonly string[] = ['enter', 'check', 'correct'];
