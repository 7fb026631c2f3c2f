/** What is computed at one place for whoever looks at the form: its label, its limits, what may be chosen, and what does not hold there. */
import type { BoundItem, Container } from '../bind.ts';
import type { AnswerValue, Questionnaire } from '../questionnaire.ts';
import { valueKeyOf } from '../value.ts';
import type { ExpressionFailure } from './engine.ts';
import { type Constraint, expressionsOf } from './expressions.ts';
import { hasMisfit, isTrue, misfit, toAnswers, toOptions, toText } from './results.ts';
import type { Scopes } from './scopes.ts';

export interface Shown {
  readonly text?: string;
  readonly minValue?: AnswerValue;
  readonly maxValue?: AnswerValue;
  readonly options?: readonly AnswerValue[];
  readonly withdrawn?: ReadonlySet<string>;
  readonly broken: readonly { readonly constraint: Constraint; readonly row: Container | null }[];
  readonly failures: readonly ExpressionFailure[];
}

/** Null: at the form. */
export function shownAt(questionnaire: Questionnaire, bound: BoundItem | null, scopes: Scopes): Shown {
  const { text, minValue, maxValue, options, toggles, constraints } = expressionsOf(bound?.item ?? questionnaire);
  const failures: ExpressionFailure[] = [];
  const evaluate = (source: string, row: Container | null = null): readonly unknown[] => {
    const { result, failure } = scopes.evaluate(source, bound, row);
    if (failure) failures.push(failure);
    return result;
  };
  const fitting = (source: string, place: BoundItem): readonly unknown[] => {
    const result = evaluate(source);
    if (hasMisfit(questionnaire, place.item, result)) failures.push(misfit(place, source));
    return result;
  };
  const answers = (source: string | undefined): readonly AnswerValue[] | undefined =>
    source === undefined || bound === null ? undefined : toAnswers(questionnaire, bound.item, fitting(source, bound));
  const gone = toggles.filter(({ expression }) => !isTrue(evaluate(expression))).flatMap((toggle) => toggle.options);
  return {
    text: text === undefined ? undefined : toText(evaluate(text)),
    minValue: answers(minValue)?.[0],
    maxValue: answers(maxValue)?.[0],
    options: options === undefined || bound === null ? undefined : toOptions(questionnaire, bound.item, fitting(options, bound)),
    withdrawn: gone.length > 0 ? new Set(gone.map(valueKeyOf)) : undefined,
    // FHIR: a constraint that comes to nothing does not hold for certain, and is not broken for certain either.
    broken: constraints.flatMap((constraint) =>
      rowsOf(bound).flatMap((row) => {
        const result = evaluate(constraint.expression, row);
        return result.length > 0 && !isTrue(result) ? [{ constraint, row }] : [];
      }),
    ),
    failures,
  };
}

/** What a repeating group asks for holds in each of its rows. */
const rowsOf = (bound: BoundItem | null): readonly (Container | null)[] =>
  bound?.item.type === 'group' && bound.item.repeats ? bound.instances : [null];
