/** The patient banner, from the latest application of the instance; and the masked name for lists. */
import { localDateOf } from '#core/calendar/zone.ts';
import { guardedItems } from '#core/form/access/check.ts';
import { fieldAccess, type Viewer } from '#core/form/access/field-access.ts';
import { answersByLinkId } from '#core/form/answers.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { ServiceDescriptor } from '#engine/descriptor.ts';
import type { Context } from '../operation.ts';
import type { PatientBanner } from '../views.ts';
import type { LoadedInstance } from './instance.ts';
import { seenBy } from './seen.ts';
import type { WholeSubmission } from './whole-submissions.ts';
import { wordsOf } from './words.ts';

export function patientBanner(
  context: Context,
  { descriptor, instance }: Pick<LoadedInstance, 'descriptor' | 'instance'>,
  { application, viewer }: { readonly application: WholeSubmission | null; readonly viewer: Viewer },
): PatientBanner | null {
  const links = descriptor.patient;
  if (!links?.name || !application) return null;
  const { questionnaire, response } = seenBy(viewer, application);
  const text = textOf(response);
  const name = text(links.name);
  if (name === '') return null;
  return {
    name,
    sex: wordsOf(questionnaire, links.sex ?? '', text(links.sex)),
    age: ageOf(text(links.birthDate), localDateOf(Date.parse(instance.lastAt), context.standing.zone)),
    idTail: text(links.idNumber).slice(-4),
    allergies: mayRead(application.questionnaire, viewer, links.allergies) ? text(links.allergies) : null,
  };
}

/** An allergy that somebody may not see must not look like none. */
const mayRead = (questionnaire: Questionnaire, viewer: Viewer, linkId: string | undefined): boolean =>
  linkId === undefined || (fieldAccess(questionnaire, viewer).get(linkId)?.reading ?? 'open') === 'open';

/** The first answer of a link as text; codes stay codes. */
export function textOf(response: QuestionnaireResponse): (linkId: string | undefined) => string {
  const answers = answersByLinkId(response);
  return (linkId) => {
    const answer = linkId === undefined ? undefined : answers.get(linkId)?.[0];
    if (!answer) return '';
    return answer.valueString ?? answer.valueCoding?.code ?? answer.valueDate ?? answer.valueDateTime ?? '';
  };
}

const MONTHS_PER_YEAR = 12;

/** Whole years as `42`, below two years months as `8m`. */
function ageOf(birthDate: string, date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return '';
  const [birthYear = 0, birthMonth = 0, birthDay = 0] = birthDate.split('-').map(Number);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const months = (year - birthYear) * MONTHS_PER_YEAR + (month - birthMonth) - (day < birthDay ? 1 : 0);
  return months < 2 * MONTHS_PER_YEAR ? `${Math.max(0, months)}m` : String(Math.floor(months / MONTHS_PER_YEAR));
}

/** 张*三, 李*: enough to recognise one's own patient in a list, not enough to name one. */
export function maskedName(name: string): string {
  const characters = [...name.trim()];
  if (characters.length === 0) return '';
  if (characters.length <= 2) return `${characters[0]}*`;
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}

/** Null where there is none, or where the flow or its form keeps it from anybody: lists are the same for all. */
export function nameInLists(
  { patient }: ServiceDescriptor,
  { questionnaire, response }: { readonly questionnaire: Questionnaire; readonly response: QuestionnaireResponse },
): string | null {
  const isKept = patient?.isListed === false || (patient?.name !== undefined && guardedItems(questionnaire).has(patient.name));
  return isKept ? null : maskedName(textOf(response)(patient?.name)) || null;
}
