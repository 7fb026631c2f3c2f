/**
 * A form with everything in it that is computed: which items are enabled, values, texts, limits, options, and the constraints that do not
 * hold. Answers of disabled items count as absent for every expression.
 */
import { Binding, type BoundItem, type Container } from '../bind.ts';
import type { AnswerValue, Questionnaire } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '../response.ts';
import type { EvaluationContext } from './engine.ts';
import type { EvaluatedForm } from './evaluated-form.ts';
import { expressionsOf, hasExpressions } from './expressions.ts';
import { FormEvaluation } from './form-evaluation.ts';
import { programOf } from './program.ts';
import { toAnswers } from './results.ts';
import { Scopes } from './scopes.ts';
import { View } from './view.ts';

type Answers = Pick<QuestionnaireResponse, 'item'>;

/** Without a context no expression counts: conditions that are expressions are taken for met. */
export function evaluateResponse(questionnaire: Questionnaire, response: Answers, context?: EvaluationContext): EvaluatedForm {
  return new FormEvaluation(questionnaire, context).evaluate(response);
}

/**
 * The response with what `initialExpression` gives to questions without an answer (SDC 4.3.1), each once and none for what another gives: what a
 * form begins with. Rows that are added later begin with the form's own initial values.
 */
export function populateResponse<R extends Answers>(questionnaire: Questionnaire, response: R, context: EvaluationContext): R {
  if (!hasExpressions(questionnaire)) return response;
  const { root, items, occurrences } = Binding.of(questionnaire, response);
  const view = new View({ questionnaire, root, isEnabled: () => true, occurrences: (linkId) => occurrences.get(linkId) ?? [] });
  view.enter(response);
  const scopes = new Scopes({ questionnaire, program: programOf(questionnaire, context.engine), view }, context);
  const given = new Map<BoundItem, readonly AnswerValue[]>();
  for (const bound of items) {
    const { initial } = expressionsOf(bound.item);
    if (initial === undefined || bound.answers.length > 0) continue;
    const values = toAnswers(questionnaire, bound.item, scopes.evaluate(initial, bound).result);
    if (values.length > 0) given.set(bound, values);
  }
  return given.size > 0 ? { ...response, ...withAnswers(root, given) } : response;
}

/** The response of a bound tree, with other answers to some questions. Items that nobody knows stay for the validator to refuse. */
export function withAnswers(root: Container, changed: ReadonlyMap<BoundItem, readonly AnswerValue[]>): Answers {
  const itemsOf = (container: Container): readonly ResponseItem[] => [
    ...container.items.flatMap(itemOf),
    ...container.strays.map(({ source }) => source),
  ];
  const itemOf = (bound: BoundItem): readonly ResponseItem[] => {
    const { item, sources, instances, answers } = bound;
    if (item.type === 'display') return sources;
    if (item.type === 'group') {
      return instances.flatMap((instance): readonly ResponseItem[] => {
        const items = itemsOf(instance);
        if (items.length === 0 && !instance.source) return [];
        const { item: _, ...source }: ResponseItem = { linkId: item.linkId, ...instance.source };
        return [items.length > 0 ? { ...source, item: items } : source];
      });
    }
    const values = changed.get(bound);
    const answer = values ?? answers.map(({ answer: given, nested }) => withItems(given, itemsOf(nested)));
    const { answer: _, ...source } = sources[0] ?? { linkId: item.linkId };
    if (answer.length > 0) return [{ ...source, answer }];
    return sources.length > 0 && !values ? sources : [];
  };
  return { item: itemsOf(root) };
}

function withItems({ item: _, ...answer }: ResponseAnswer, items: readonly ResponseItem[]): ResponseAnswer {
  return items.length > 0 ? { ...answer, item: items } : answer;
}
