/** Answers by where they stand, without regard to groups: for what the server looks up in a response (files, the patient). */
import type { AnswerValue } from './questionnaire.ts';
import { fileIdOf } from './references.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';

export function answersByLinkId(response: Pick<QuestionnaireResponse, 'item'>): ReadonlyMap<string, readonly AnswerValue[]> {
  const answers = new Map<string, AnswerValue[]>();
  const visit = (items: readonly ResponseItem[]): void => {
    for (const item of items) {
      const known = answers.get(item.linkId);
      if (known) known.push(...(item.answer ?? []));
      else answers.set(item.linkId, [...(item.answer ?? [])]);
      visit(item.item ?? []);
      for (const answer of item.answer ?? []) visit(answer.item ?? []);
    }
  };
  visit(response.item ?? []);
  return answers;
}

/** Ids of the files that the answers attach. */
export const attachedFiles = (response: Pick<QuestionnaireResponse, 'item'>): readonly string[] =>
  [...answersByLinkId(response).values()].flat().flatMap((answer) => fileIdOf(answer.valueAttachment?.url) ?? []);
