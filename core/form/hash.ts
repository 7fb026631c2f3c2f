import { canonicalHash } from '#core/journal/canonical.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';

/** What an approval is bound to: SHA-256 of the canonical JSON of the whole response. */
export const responseHash = (response: QuestionnaireResponse): string => canonicalHash(response);

/** The address of a published form. */
export const questionnaireHash = (questionnaire: Questionnaire): string => canonicalHash(questionnaire);
