/** Keeps account of every answer of a response: what is kept, and of what is not, why. */
import type { AnswerValue } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '#core/form/response.ts';
import { bareValue, valueKindOf } from '#core/form/value.ts';
import type { MigrationPlan } from './migration-plan.ts';
import type { LossReason } from './migration-step.ts';

export interface LostAnswer {
  /** In the old form. */
  readonly linkId: string;
  readonly reason: LossReason;
  /** For whoever may read the response: so that it can be entered again. */
  readonly answer: AnswerValue;
}

export interface Losses {
  readonly keep: (answer: ResponseAnswer) => void;
  readonly say: (answer: ResponseAnswer, reason: LossReason) => void;
  /** Everything that was not kept, in the order of the response. */
  readonly left: (plan: MigrationPlan) => readonly LostAnswer[];
}

export function lossesOf(response: QuestionnaireResponse): Losses {
  const kept = new Set<ResponseAnswer>();
  const reasons = new Map<ResponseAnswer, LossReason>();
  return {
    keep: (answer) => void kept.add(answer),
    say: (answer, reason) => void (reasons.has(answer) || reasons.set(answer, reason)),
    left: (plan) =>
      answersIn(response.item ?? []).flatMap(({ linkId, answer }): readonly LostAnswer[] =>
        kept.has(answer) ? [] : [{ linkId, reason: plan.lossOf(linkId) ?? reasons.get(answer) ?? 'no-place', answer: bareValue(answer) }],
      ),
  };
}

interface Given {
  readonly linkId: string;
  readonly answer: ResponseAnswer;
}

/** Wherever it stands, rightly or not; what holds no value is no answer. */
const answersIn = (items: readonly ResponseItem[]): readonly Given[] =>
  items.flatMap(({ linkId, answer = [], item = [] }) => [
    ...answer.flatMap((each) => [...(valueKindOf(each) === null ? [] : [{ linkId, answer: each }]), ...answersIn(each.item ?? [])]),
    ...answersIn(item),
  ]);
