/** What a form begins with by its own expressions, and what they know: who fills it in, and whom it is about (SDC launch context). */
import { offsetDateTimeOf } from '#core/calendar/zone.ts';
import type { FieldAccess } from '#core/form/access/field-access.ts';
import { populateResponse } from '#core/form/expression/evaluate.ts';
import { engineFor } from '#core/form/expression/load.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { ServiceDescriptor } from '#engine/descriptor.ts';
import type { Context } from '../operation.ts';
import { textOf } from './patient.ts';

/** `application`: what was applied for; null while it is still being written. */
export async function populated(
  context: Context,
  { questionnaire, response }: { readonly questionnaire: Questionnaire; readonly response: QuestionnaireResponse },
  about: {
    readonly descriptor: ServiceDescriptor;
    readonly application: QuestionnaireResponse | null;
    /** Of the application; absent: all of it is read. */
    readonly access?: FieldAccess | undefined;
  },
): Promise<QuestionnaireResponse> {
  const engine = await engineFor(questionnaire);
  if (!engine) return response;
  return populateResponse(questionnaire, response, {
    engine,
    now: offsetDateTimeOf(Date.now(), context.standing.zone),
    launch: { user: practitionerOf(context), ...patientIn(about) },
  });
}

const ROLE_SYSTEM = 'https://bihuan.dev/fhir/CodeSystem/role';

/** https://hl7.org/fhir/R4/practitioner.html; the roles that are held are among the qualifications. */
const practitionerOf = ({ standing: { person, phone, roles } }: Context) => ({
  resourceType: 'Practitioner',
  id: person.id,
  name: [{ text: person.name }],
  telecom: [{ system: 'phone', value: phone }],
  qualification: [
    { code: { text: person.title } },
    ...roles.map(({ role }) => ({ code: { coding: [{ system: ROLE_SYSTEM, code: role }] } })),
  ],
});

const GENDERS = new Set(['male', 'female', 'other', 'unknown']);

/** https://hl7.org/fhir/R4/patient.html, as far as the application tells it. */
function patientIn({ descriptor: { patient: links }, application, access }: Parameters<typeof populated>[2]): {
  readonly patient?: object;
} {
  if (!links?.name || !application) return {};
  const answer = textOf(application);
  const isOpen = (linkId: string | undefined): boolean => linkId === undefined || (access?.get(linkId)?.reading ?? 'open') === 'open';
  const text = (linkId: string | undefined): string => (isOpen(linkId) ? answer(linkId) : '');
  const [name, sex, birthDate, idNumber] = [links.name, links.sex, links.birthDate, links.idNumber].map(text);
  return {
    patient: {
      resourceType: 'Patient',
      ...(name ? { name: [{ text: name }] } : {}),
      ...(sex && GENDERS.has(sex) ? { gender: sex } : {}),
      ...(birthDate ? { birthDate } : {}),
      ...(idNumber ? { identifier: [{ value: idNumber }] } : {}),
    },
  };
}
