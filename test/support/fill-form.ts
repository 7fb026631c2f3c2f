/** Fills what a form requires with plausible answers: for tests and load that are about the process, not about the form. */

import { settingsOf } from '#core/form/extensions.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { type ReferenceKind, referenceTo } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { sampleAnswer } from '#core/form-edit/sample-answer.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface FillOptions {
  readonly personId: string;
  /** Link id → answers that matter to the test. */
  readonly answers?: Readonly<Record<string, readonly AnswerValue[]>>;
}

const REFERENCES: Readonly<Record<ReferenceKind, string>> = {
  person: 'p-dong-liang',
  organisation: 'org-qingling',
  team: 'team-respiratory',
  room: 'room-workstation-1',
  department: 'd-qingling-respiratory',
  exam: 'CT-CHEST',
  test: 'HBA1C',
  standard: '00000000-0000-4000-8000-000000000000',
  student: 'p-an-ran',
  counsellor: 'p-shi-min',
};

export function fillForm(questionnaire: Questionnaire, { personId, answers = {} }: FillOptions): QuestionnaireResponse {
  // An appointment is made for a time to come, whatever today's date.
  const soon = new Date(Date.now() + 4 * DAY_MS).toISOString().slice(0, 10);
  const fill = (items: readonly QuestionnaireItem[]): ResponseItem[] =>
    items.flatMap((item): ResponseItem[] => {
      if (item.type === 'display') return [];
      if (item.type === 'group') {
        const inner = item.repeats && !item.required ? [] : fill(item.item ?? []);
        return inner.length > 0 ? [{ linkId: item.linkId, item: inner }] : [];
      }
      const given = answers[item.linkId] ?? (item.required ? [sampleOf(item)] : []);
      return given.length > 0 ? [{ linkId: item.linkId, answer: given }] : [];
    });

  const sampleOf = (item: QuestionnaireItem): AnswerValue => {
    const { isSignature, referenceKind = 'person' } = settingsOf(item);
    if (item.type === 'reference') {
      const reference = isSignature ? referenceTo('person', personId) : referenceTo(referenceKind, REFERENCES[referenceKind]);
      return { valueReference: { reference } };
    }
    // Most dates are of birth.
    if (item.type === 'date') return { valueDate: '1980-05-17' };
    const sample = sampleAnswer(questionnaire, item, soon);
    if (!sample) throw new Error(`${item.linkId} has no choices.`);
    return sample;
  };

  const item = fill(questionnaire.item ?? []);
  return pruneResponse(questionnaire, { resourceType: 'QuestionnaireResponse', status: 'in-progress', item });
}
