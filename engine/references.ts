/** References in answers bear our names of things, not the client's; what is not there is an issue. */
import type { AnswerValue, Reference } from '#core/form/questionnaire.ts';
import { idOfReference, isReferenceTo, REFERENCE_KINDS, type ReferenceKind } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '#core/form/response.ts';

/** The name of a piece of master data, or null when there is none by this id. */
export type LookUp = (kind: ReferenceKind, id: string) => Promise<string | null>;

export interface Named {
  readonly response: QuestionnaireResponse;
  /** Link ids of references that lead nowhere. */
  readonly unknown: readonly string[];
}

export async function nameReferences(response: QuestionnaireResponse, lookUp: LookUp): Promise<Named> {
  const unknown: string[] = [];
  const named = await withReferences(response, async ({ reference = '' }, linkId) => {
    const display = await findReferred(reference, lookUp);
    if (display === null) unknown.push(linkId);
    return { reference, ...(display !== null && { display }) };
  });
  return { response: named, unknown };
}

/** Departments and organisations are one FHIR resource: whichever has the id is meant. */
export async function findReferred<T>(
  reference: string,
  lookUp: (kind: ReferenceKind, id: string) => Promise<T | null>,
): Promise<T | null> {
  for (const kind of REFERENCE_KINDS.filter((candidate) => isReferenceTo(candidate, reference))) {
    const found = await lookUp(kind, idOfReference(reference));
    if (found !== null) return found;
  }
  return null;
}

/** The response with other references in it. */
export async function withReferences<R extends QuestionnaireResponse>(
  response: R,
  change: (reference: Reference, linkId: string) => Promise<Reference>,
): Promise<R> {
  const withChanged = async <T extends AnswerValue>(linkId: string, value: T): Promise<T> =>
    value.valueReference?.reference === undefined ? value : { ...value, valueReference: await change(value.valueReference, linkId) };
  const answer = async (linkId: string, given: ResponseAnswer): Promise<ResponseAnswer> => {
    const changed = await withChanged(linkId, given);
    return changed.item ? { ...changed, item: await items(changed.item) } : changed;
  };
  const items = (given: readonly ResponseItem[]): Promise<ResponseItem[]> =>
    Promise.all(
      given.map(async (item) => ({
        ...item,
        ...(item.answer && { answer: await Promise.all(item.answer.map((one) => answer(item.linkId, one))) }),
        ...(item.item && { item: await items(item.item) }),
      })),
    );
  return response.item ? { ...response, item: await items(response.item) } : response;
}
