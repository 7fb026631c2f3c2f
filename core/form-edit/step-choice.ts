/**
 * What an author decides of the steps that a difference proposes: which of them are not done, which are done otherwise, and which are done
 * besides. Steps are told apart by what they decide on, so that a choice outlives the edits of the form that come after it.
 */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { diffForms, type FormDiff } from './diff.ts';
import { isSame } from './members.ts';
import type { MigrationStep } from './migration-step.ts';
import { proposeSteps } from './propose-steps.ts';

export interface StepChoice {
  /** Subjects of proposals that are not to be done. Those that come up later are. */
  readonly declined: readonly string[];
  /** In the place of the proposal with the same subject, or besides. */
  readonly own: readonly MigrationStep[];
}

export const AS_PROPOSED: StepChoice = { declined: [], own: [] };

/** Of two steps with the same subject one can hold. */
export function subjectOf(step: MigrationStep): string {
  switch (step.kind) {
    case 'rename-item':
      return `answers ${step.from}`;
    case 'drop-item':
      return `answers ${step.linkId}`;
    case 'convert':
      return `type ${step.linkId}`;
    case 'map-option':
      return `option ${JSON.stringify([step.linkId, step.from])}`;
    case 'move-item':
      return `rows ${step.linkId}`;
  }
}

export interface DecidedStep {
  readonly step: MigrationStep;
  /** Null: the author's own, which no difference asks for. */
  readonly proposal: MigrationStep | null;
  readonly isDone: boolean;
}

export interface Decided {
  readonly diff: FormDiff;
  readonly steps: readonly DecidedStep[];
}

/** That one item became another, which the author says, is not guessed again; what follows from it is proposed with the rest. */
export function decide(before: Questionnaire, after: Questionnaire, { declined, own }: StepChoice): Decided {
  const isDone = (step: MigrationStep): boolean => !declined.includes(subjectOf(step));
  const diff = diffForms(before, after, renamesIn(own.filter(isDone)));
  const proposals = proposeSteps(diff);
  const subjects = new Set(proposals.map(subjectOf));
  const chosen = new Map(own.map((step) => [subjectOf(step), step]));
  return {
    diff,
    steps: [
      ...proposals.map((proposal): DecidedStep => {
        const subject = subjectOf(proposal);
        return { step: chosen.get(subject) ?? proposal, proposal, isDone: isDone(proposal) };
      }),
      ...own.filter((step) => !subjects.has(subjectOf(step))).map((step): DecidedStep => ({ step, proposal: null, isDone: isDone(step) })),
    ],
  };
}

const renamesIn = (steps: readonly MigrationStep[]) => steps.flatMap((step) => (step.kind === 'rename-item' ? [step] : []));

export const doneSteps = ({ steps }: Decided): readonly MigrationStep[] => steps.flatMap(({ step, isDone }) => (isDone ? [step] : []));

/** What was decided where these steps were saved; null: nothing, they are as proposed. */
export function choiceFrom(before: Questionnaire, after: Questionnaire, saved: readonly MigrationStep[] | null): StepChoice {
  if (saved === null) return AS_PROPOSED;
  const isAmong = (steps: readonly MigrationStep[], step: MigrationStep): boolean => steps.some((each) => isSame(each, step));
  const guessed = proposeSteps(diffForms(before, after));
  const stated = renamesIn(saved).filter((step) => !isAmong(guessed, step));
  const proposals = proposeSteps(diffForms(before, after, stated));
  const subjects = new Set(saved.map(subjectOf));
  return {
    declined: proposals.map(subjectOf).filter((subject) => !subjects.has(subject)),
    own: [...stated, ...saved.filter((step) => !isAmong(proposals, step) && !isAmong(stated, step))],
  };
}

export const isAsProposed = ({ declined, own }: StepChoice): boolean => declined.length + own.length === 0;

export function withDone({ declined, own }: StepChoice, step: MigrationStep, isDone: boolean): StepChoice {
  const subject = subjectOf(step);
  const others = declined.filter((each) => each !== subject);
  return { own, declined: isDone ? others : [...others, subject] };
}

/** In the place of `before` where a step is changed: its subject may be another now. */
export function withOwn(choice: StepChoice, step: MigrationStep, before: MigrationStep | null = null): StepChoice {
  const replaced = new Set([step, ...(before ? [before] : [])].map(subjectOf));
  return {
    declined: choice.declined.filter((subject) => subject !== subjectOf(step)),
    own: [...choice.own.filter((each) => !replaced.has(subjectOf(each))), step],
  };
}

/** Back to what is proposed, or gone where nothing is. */
export const withoutOwn = ({ declined, own }: StepChoice, step: MigrationStep): StepChoice => ({
  declined,
  own: own.filter((each) => subjectOf(each) !== subjectOf(step)),
});
