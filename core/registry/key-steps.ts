/** Whether the steps that count were done in time, from the facts of a case; and what that comes to for many cases. A missed step with a reason is missed. */
import type { Figure } from '#core/quality/figure.ts';
import type { DiseaseSet } from './disease.ts';

export type StepState = 'in-time' | 'late' | 'missed';

export interface KeyStep {
  readonly code: string;
  readonly state: StepState;
  /** Instants, ISO 8601. */
  readonly due: string;
  readonly doneAt: string | null;
  /** A coded reason; only of a step that was missed. */
  readonly missed: string | null;
}

/** Name of a fact of the case's form: `ami`, `aspirin`, `Done` → `amiAspirinDone`. */
export const stepFact = (disease: string, step: string, part: 'Done' | 'At' | 'Missed'): string =>
  `${disease}${step.charAt(0).toUpperCase()}${step.slice(1)}${part}`;

/** Null where the facts say nothing of the admission. */
export function keySteps(disease: DiseaseSet, facts: Readonly<Record<string, unknown>>): readonly KeyStep[] | null {
  const admitted = typeof facts.admittedAt === 'string' ? Date.parse(facts.admittedAt) : Number.NaN;
  if (Number.isNaN(admitted)) return null;
  return disease.steps.map(({ code, withinMinutes }): KeyStep => {
    const due = admitted + withinMinutes * 60_000;
    const at = facts[stepFact(disease.code, code, 'At')];
    const reason = facts[stepFact(disease.code, code, 'Missed')];
    const doneAt = facts[stepFact(disease.code, code, 'Done')] === true && typeof at === 'string' ? Date.parse(at) : Number.NaN;
    const isDone = !Number.isNaN(doneAt);
    return {
      code,
      state: isDone ? (doneAt <= due ? 'in-time' : 'late') : 'missed',
      due: new Date(due).toISOString(),
      doneAt: isDone ? new Date(doneAt).toISOString() : null,
      missed: !isDone && typeof reason === 'string' ? reason : null,
    };
  });
}

/** What a case counts in the indicators of its disease. */
export interface CountedCase {
  readonly steps: readonly Pick<KeyStep, 'code' | 'state'>[];
  readonly outcome: string;
  readonly readmitted: boolean;
}

/** Steps in time of all steps that were due, each step by itself, deaths and readmissions: figures as `core/quality` counts and compares them. */
export function diseaseFigures({ code, steps }: DiseaseSet, cases: readonly CountedCase[]): readonly Figure[] {
  const inTime = (of: (step: Pick<KeyStep, 'code'>) => boolean): Pick<Figure, 'numerator' | 'denominator'> => {
    const due = cases.flatMap((each) => each.steps.filter(of));
    return { numerator: due.filter(({ state }) => state === 'in-time').length, denominator: due.length };
  };
  const share = (is: (each: CountedCase) => boolean): Pick<Figure, 'numerator' | 'denominator'> => ({
    numerator: cases.filter(is).length,
    denominator: cases.length,
  });
  return [
    { code: `${code}-key-steps`, ...inTime(() => true) },
    ...steps.map((step) => ({ code: `${code}-${step.code}`, ...inTime((each) => each.code === step.code) })),
    { code: `${code}-died`, ...share(({ outcome }) => outcome === 'died') },
    { code: `${code}-readmitted`, ...share(({ readmitted }) => readmitted) },
  ];
}
