/** Builds a QuestionnaireResponse from short data, so that the samples say what was answered and not how FHIR writes it. */
import { canonicalOf } from '#core/form/blank.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { fileUrl, type ReferenceKind, referenceTo } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { bareValue } from '#core/form/value.ts';
import { smallPdf } from './small-pdf.ts';

/** Instead of the id of a file that is still to be uploaded: whoever walks the samples does so. */
export const TO_UPLOAD = 'to-upload';

/** Link id → answer: codes for choices, ids for references, names of files, a list where it repeats, rows for a repeating group. */
export type Answers = Readonly<Record<string, Answer>>;
export type Answer = Scalar | readonly Scalar[] | readonly Row[];
type Scalar = string | number | boolean;
/** Names are link ids without that of the group: `clinical.diagnoses.code` is `code`. */
export type Row = Readonly<Record<string, Scalar | readonly Scalar[]>>;

/** The signer signs every signature; what is not answered takes the form's initial value. */
export function respond(questionnaire: Questionnaire, answers: Answers, signerId: string): QuestionnaireResponse {
  const used = new Set<string>();
  const item = itemsOf(questionnaire.item ?? [], '', answers, signerId, used);
  const unknown = Object.keys(answers).filter((linkId) => !used.has(linkId));
  if (unknown.length > 0) throw new Error(`${questionnaire.id} has no ${unknown.join(', ')}.`);
  const response: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    questionnaire: canonicalOf(questionnaire),
    status: 'completed',
    item,
  };
  // Initial values of parts that do not apply go, as they do when a person submits.
  return pruneResponse(questionnaire, response);
}

function itemsOf(
  items: readonly QuestionnaireItem[],
  prefix: string,
  answers: Answers,
  signerId: string,
  used: Set<string>,
): readonly ResponseItem[] {
  return items.flatMap((item): readonly ResponseItem[] => {
    if (item.type === 'display') return [];
    const name = item.linkId.slice(prefix.length);
    const given = answers[name];
    used.add(name);
    if (item.type === 'group' && item.repeats) return rowsOf(item, given, signerId);
    if (item.type === 'group') {
      const inner = itemsOf(item.item ?? [], prefix, answers, signerId, used);
      return inner.length > 0 ? [{ linkId: item.linkId, item: inner }] : [];
    }
    const answer = answersOf(item, given, signerId);
    return answer.length > 0 ? [{ linkId: item.linkId, answer }] : [];
  });
}

function rowsOf(item: QuestionnaireItem, given: Answer | undefined, signerId: string): readonly ResponseItem[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new Error(`${item.linkId} repeats; give a list of rows.`);
  return given.map((row: Row) => {
    const used = new Set<string>();
    const inner = itemsOf(item.item ?? [], `${item.linkId}.`, row, signerId, used);
    const unknown = Object.keys(row).filter((name) => !used.has(name));
    if (unknown.length > 0) throw new Error(`A row of ${item.linkId} has no ${unknown.join(', ')}.`);
    return { linkId: item.linkId, item: inner };
  });
}

function answersOf(item: QuestionnaireItem, given: Answer | undefined, signerId: string): readonly AnswerValue[] {
  const settings = settingsOf(item);
  if (settings.isSignature) return [{ valueReference: { reference: referenceTo('person', signerId) } }];
  if (given === undefined) {
    const preselected = (item.answerOption ?? []).filter(({ initialSelected }) => initialSelected);
    return (preselected.length > 0 ? preselected : (item.initial ?? [])).map(storedValue);
  }
  const values = (Array.isArray(given) ? given : [given]) as readonly Scalar[];
  return values.map((value) => answerValue(item, value, settings.referenceKind));
}

function answerValue(item: QuestionnaireItem, value: Scalar, kind: ReferenceKind | undefined): AnswerValue {
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: value === true };
    case 'integer':
      return { valueInteger: Number(value) };
    case 'decimal':
      return { valueDecimal: Number(value) };
    case 'date':
      return { valueDate: String(value) };
    case 'dateTime':
      return { valueDateTime: String(value) };
    case 'url':
      return { valueUri: String(value) };
    case 'attachment':
      return {
        valueAttachment: { url: fileUrl(TO_UPLOAD), title: String(value), contentType: 'application/pdf', size: smallPdf().length },
      };
    case 'reference':
      return { valueReference: { reference: referenceTo(kind ?? 'person', String(value)) } };
    case 'choice': {
      const option = item.answerOption?.find(({ valueCoding }) => valueCoding?.code === value);
      if (!option) throw new Error(`${item.linkId} has no choice "${value}".`);
      return storedValue(option);
    }
    default:
      return { valueString: String(value) };
  }
}

/** Codes and words in the form's own language; translations stay in the form. */
function storedValue(value: AnswerValue): AnswerValue {
  const { valueCoding } = value;
  if (!valueCoding) return bareValue(value);
  const { system, code, display } = valueCoding;
  return { valueCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}), ...(display ? { display } : {}) } };
}
