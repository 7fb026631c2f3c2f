/** Fills what a form requires with plausible answers: for tests and load that are about the process, not about the form. */

import { settingsOf } from '#core/form/extensions.ts';
import { choicesOf } from '#core/form/options.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { type ReferenceKind, referenceTo } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';

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
};

export function fillForm(questionnaire: Questionnaire, { personId, answers = {} }: FillOptions): QuestionnaireResponse {
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
    const settings = settingsOf(item);
    const initial = item.initial?.[0];
    if (initial) return initial;
    switch (item.type) {
      case 'boolean':
        return { valueBoolean: true };
      case 'integer':
        return { valueInteger: settings.minValue?.valueInteger ?? 1 };
      case 'decimal':
        return { valueDecimal: settings.minValue?.valueDecimal ?? 1 };
      case 'quantity':
        return {
          valueQuantity: {
            value: 1,
            ...(settings.unit && { unit: settings.unit.display, code: settings.unit.code, system: settings.unit.system }),
          },
        };
      case 'date':
        return { valueDate: '1980-05-17' };
      case 'dateTime':
        // An appointment is made for a time to come, whatever today's date.
        return { valueDateTime: `${new Date(Date.now() + 4 * DAY_MS).toISOString().slice(0, 10)}T10:00:00+08:00` };
      case 'time':
        return { valueTime: '10:00:00' };
      case 'url':
        return { valueUri: 'https://meeting.example/1' };
      case 'choice':
      case 'open-choice': {
        const choice = choicesOf(questionnaire, item)?.[0];
        if (!choice) throw new Error(`${item.linkId} has no choices.`);
        return choice.value;
      }
      case 'reference':
        return {
          valueReference: {
            reference: settings.isSignature
              ? referenceTo('person', personId)
              : referenceTo(settings.referenceKind ?? 'person', REFERENCES[settings.referenceKind ?? 'person']),
          },
        };
      default:
        return { valueString: settings.regex && new RegExp(settings.regex).test('13900000000') ? '13900000000' : '测试内容' };
    }
  };

  const item = fill(questionnaire.item ?? []);
  return pruneResponse(questionnaire, { resourceType: 'QuestionnaireResponse', status: 'in-progress', item });
}
