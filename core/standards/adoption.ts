/** What a member does with a standard, and what that comes to (requirements.md 4.8.4: reached, read, adopted). */

export const ADOPTED = ['yes', 'partly', 'no'] as const;
export type Adopted = (typeof ADOPTED)[number];

export const ADOPTION_STAGES = [
  'unread',
  'training',
  'reporting',
  'helping',
  'checking',
  'evaluating',
  'controlling',
  'closed',
  'unanswered',
  'lapsed',
  'superseded',
  'left',
] as const;
export type AdoptionStage = (typeof ADOPTION_STAGES)[number];

const BY_TASK: Readonly<Record<string, AdoptionStage>> = {
  read: 'unread',
  train: 'training',
  report: 'reporting',
  help: 'helping',
  check: 'checking',
  feedback: 'evaluating',
  quality: 'controlling',
};

const BY_END: Readonly<Record<string, AdoptionStage>> = {
  closed: 'closed',
  'closed-unevaluated': 'unanswered',
  expired: 'lapsed',
  superseded: 'superseded',
  aborted: 'left',
  canceled: 'left',
};

export interface AdoptionState {
  readonly status: string;
  /** Of its open tasks. */
  readonly elementIds: readonly string[];
  readonly isRead: boolean;
  readonly adopted: Adopted | null;
}

/** While a job runs nothing is open: it stands before what comes next. */
export function adoptionStage({ status, elementIds, isRead, adopted }: AdoptionState): AdoptionStage {
  const ended = BY_END[status];
  if (ended) return ended;
  const [open] = elementIds.flatMap((id) => BY_TASK[id] ?? []);
  if (open) return open;
  if (adopted !== null) return 'checking';
  return isRead ? 'reporting' : 'unread';
}

/** What urging reaches: whoever holds these has still to read, to train or to report. */
export const URGED_ELEMENTS: readonly string[] = ['read', 'train', 'report'];
export const OWING_STAGES: readonly AdoptionStage[] = ['unread', 'training', 'reporting'];

export interface CountedAdoption {
  readonly tier: string;
  readonly isRead: boolean;
  readonly adopted: Adopted | null;
}

/** Members; shares are of those reached, null when nobody was. */
export interface AdoptionTally {
  readonly reached: number;
  readonly read: number;
  readonly reported: number;
  readonly yes: number;
  readonly partly: number;
  readonly no: number;
  readonly readShare: number | null;
  /** In whole or in part. */
  readonly adoptedShare: number | null;
}

export function tallyOf(adoptions: readonly Pick<CountedAdoption, 'isRead' | 'adopted'>[]): AdoptionTally {
  const count = (holds: (each: Pick<CountedAdoption, 'isRead' | 'adopted'>) => boolean): number => adoptions.filter(holds).length;
  const reached = adoptions.length;
  const read = count(({ isRead }) => isRead);
  const [yes, partly, no] = ADOPTED.map((answer) => count(({ adopted }) => adopted === answer)) as [number, number, number];
  const share = (part: number): number | null => (reached === 0 ? null : part / reached);
  return { reached, read, reported: yes + partly + no, yes, partly, no, readShare: share(read), adoptedShare: share(yes + partly) };
}

/** One tally a tier, tiers in this order; those that were not reached are left out. */
export const TIERS = ['province', 'city', 'county', 'community'] as const;

export const tallyByTier = (adoptions: readonly CountedAdoption[]): readonly (AdoptionTally & { readonly tier: string })[] =>
  TIERS.flatMap((tier) => {
    const ofTier = adoptions.filter((each) => each.tier === tier);
    return ofTier.length === 0 ? [] : [{ tier, ...tallyOf(ofTier) }];
  });
