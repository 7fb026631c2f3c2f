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
  /** What the author of the new form tells whoever gave it. */
  readonly note?: string;
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
        kept.has(answer) ? [] : [lost(plan, linkId, answer, reasons.get(answer))],
      ),
  };
}

function lost(plan: MigrationPlan, linkId: string, answer: ResponseAnswer, said: LossReason | undefined): LostAnswer {
  const reason = plan.lossOf(linkId) ?? said ?? 'no-place';
  const note = plan.noteOf(linkId, reason === 'option' ? codeOf(answer) : null);
  return { linkId, reason, answer: bareValue(answer), ...(note === undefined ? {} : { note }) };
}

/** As options are named in steps: by their code, or their text where they are no codings. */
export const codeOf = (answer: AnswerValue): string => {
  const { valueCoding, ...value } = bareValue(answer);
  return valueCoding ? (valueCoding.code ?? valueCoding.display ?? '') : String(Object.values(value)[0] ?? '');
};

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
