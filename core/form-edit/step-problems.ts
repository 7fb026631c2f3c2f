/** What is wrong with steps for these two forms: they would do nothing, or lose answers that nobody means to lose. */
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { isConvertible } from './convert-answer.ts';
import type { MigrationStep } from './migration-step.ts';
import { optionsForEdit } from './option-setting.ts';
import { placedItems } from './placed-items.ts';

export const STEP_PROBLEMS = [
  /** The old form has no such question. */
  'source-unknown',
  /** The new form has no such question. */
  'target-unknown',
  /** The target was asked before: its own answers would be lost. */
  'target-has-answers',
  /** Two steps give it answers; the second would do nothing. */
  'target-twice',
  /** Answers of the one type cannot become answers of the other. */
  'types-differ',
  /** The new question has no such option. */
  'option-unknown',
  /** A truth has no option, so answers with it are given up. */
  'truth-open',
] as const;
export type StepProblemCode = (typeof STEP_PROBLEMS)[number];

export interface StepProblem {
  readonly step: MigrationStep;
  readonly code: StepProblemCode;
}

export function stepProblems(steps: readonly MigrationStep[], before: Questionnaire, after: Questionnaire): readonly StepProblem[] {
  const [old, now] = [placedItems(before), placedItems(after)];
  const converted = new Set(steps.flatMap((step) => (step.kind === 'convert' ? [step.linkId] : [])));
  const targets = new Set<string>();
  const problemOf = (step: MigrationStep): StepProblemCode | null => {
    switch (step.kind) {
      case 'rename-item': {
        const [source, target] = [old.get(step.from)?.item, now.get(step.to)?.item];
        if (!source) return 'source-unknown';
        if (!target) return 'target-unknown';
        if (targets.has(step.to)) return 'target-twice';
        targets.add(step.to);
        if (old.has(step.to)) return 'target-has-answers';
        const isCarried = source.type === target.type || (converted.has(step.to) && isConvertible(source.type, target.type));
        return isCarried ? null : 'types-differ';
      }
      case 'drop-item':
        return old.has(step.linkId) ? null : 'source-unknown';
      case 'convert': {
        const target = now.get(step.linkId)?.item;
        if (!target) return 'target-unknown';
        if (target.type !== step.to || !isConvertible(step.from, step.to)) return 'types-differ';
        return step.codes ? truthProblem(after, target, step.codes) : null;
      }
      case 'map-option': {
        const target = now.get(step.linkId)?.item;
        if (!target) return 'target-unknown';
        return step.to === null || hasOption(after, target, step.to) ? null : 'option-unknown';
      }
      case 'move-item':
        return now.has(step.linkId) ? null : 'target-unknown';
    }
  };
  return steps.flatMap((step) => {
    const code = problemOf(step);
    return code ? [{ step, code }] : [];
  });
}

/** An option of a list that is not in the form may be right. */
function hasOption(questionnaire: Questionnaire, item: QuestionnaireItem, code: string): boolean {
  const options = optionsForEdit(questionnaire, item);
  return options.length === 0 || options.some((option) => (option.code || option.display) === code);
}

function truthProblem(
  questionnaire: Questionnaire,
  item: QuestionnaireItem,
  codes: { readonly true: string | null; readonly false: string | null },
): StepProblemCode | null {
  const named = [codes.true, codes.false];
  if (named.includes(null)) return 'truth-open';
  // From a choice the codes are those of the old question, which are gone.
  const isTold = item.type === 'boolean' || named.every((code) => code !== null && hasOption(questionnaire, item, code));
  return isTold ? null : 'option-unknown';
}
