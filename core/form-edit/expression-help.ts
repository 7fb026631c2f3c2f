/**
 * What an expression comes to now, with the answers of a preview, at an item or at the form: one result for each row in which the item stands.
 * Everything else of the form is computed first, as where people fill it in.
 */
import { itemsIn } from '#core/form/bind.ts';
import type { EvaluationContext } from '#core/form/expression/engine.ts';
import { FormEvaluation } from '#core/form/expression/form-evaluation.ts';
import { programOf } from '#core/form/expression/program.ts';
import { toText } from '#core/form/expression/results.ts';
import { Scopes } from '#core/form/expression/scopes.ts';
import { ROOT_PATH } from '#core/form/path.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { type ExpressionFault, failureOf, syntaxFault } from './expression-fault.ts';

export type ExpressionValue =
  | { readonly kind: 'value'; readonly results: readonly ExpressionResult[] }
  | { readonly kind: 'fault'; readonly fault: ExpressionFault };

export interface ExpressionResult {
  /** Where: `core/form/path.ts`. */
  readonly path: string;
  /** As text, no more than `VALUES_MAX`. */
  readonly values: readonly string[];
  readonly count: number;
}

export const VALUES_MAX = 20;

export function expressionValueOf(
  questionnaire: Questionnaire,
  response: Pick<QuestionnaireResponse, 'item'>,
  linkId: string | null,
  expression: string,
  context: EvaluationContext,
): ExpressionValue {
  const unread = syntaxFault(context.engine, expression);
  if (unread) return { kind: 'fault', fault: unread };
  const evaluation = new FormEvaluation(questionnaire, context);
  const { root } = evaluation.evaluate(response);
  const faults: ExpressionFault[] = [];
  // A program keeps what it compiled for as long as its form lives; what is only being typed is compiled for a copy of the form.
  const program = programOf(questionnaire, context.engine);
  const typed = programOf({ ...questionnaire }, context.engine);
  const scopes = new Scopes(
    {
      questionnaire,
      program: { expression: (source, focus) => (source === expression ? typed : program).expression(source, focus) },
      view: evaluation.view,
    },
    context,
  );
  const places = linkId === null ? [null] : [...itemsIn(root)].filter(({ item }) => item.linkId === linkId);
  const results = places.map((bound): ExpressionResult => {
    const { result, failure } = scopes.evaluate(expression, bound);
    if (failure) faults.push(failureOf(expression, failure.message));
    return { path: bound?.path ?? ROOT_PATH, values: result.slice(0, VALUES_MAX).map(shown), count: result.length };
  });
  return faults[0] ? { kind: 'fault', fault: faults[0] } : { kind: 'value', results };
}

/** What prints as nothing, such as an item, is shown as it is. */
function shown(value: unknown): string {
  const text = toText([value]);
  return text !== '' || typeof value !== 'object' || value === null ? text : JSON.stringify(value).slice(0, 200);
}
