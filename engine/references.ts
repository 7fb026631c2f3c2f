/** References in answers bear our names of things, not the client's; what is not there is an issue. */
import type { AnswerValue } from '#core/form/questionnaire.ts';
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
  const nameOf = async (reference: string): Promise<string | null> => {
    // Departments and organisations are one FHIR resource: whichever has the id is meant.
    for (const kind of REFERENCE_KINDS.filter((candidate) => isReferenceTo(candidate, reference))) {
      const name = await lookUp(kind, idOfReference(reference));
      if (name !== null) return name;
    }
    return null;
  };
  const withName = async <T extends AnswerValue>(linkId: string, value: T): Promise<T> => {
    const reference = value.valueReference?.reference;
    if (reference === undefined) return value;
    const display = await nameOf(reference);
    if (display === null) unknown.push(linkId);
    return { ...value, valueReference: { reference, ...(display !== null && { display }) } };
  };
  const answer = async (linkId: string, given: ResponseAnswer): Promise<ResponseAnswer> => {
    const named = await withName(linkId, given);
    return named.item ? { ...named, item: await items(named.item) } : named;
  };
  const items = (given: readonly ResponseItem[]): Promise<ResponseItem[]> =>
    Promise.all(
      given.map(async (item) => ({
        ...item,
        ...(item.answer && { answer: await Promise.all(item.answer.map((one) => answer(item.linkId, one))) }),
        ...(item.item && { item: await items(item.item) }),
      })),
    );
  return { response: response.item ? { ...response, item: await items(response.item) } : response, unknown };
}
