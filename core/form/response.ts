/** The part of FHIR R4 `QuestionnaireResponse` that we read and write (https://hl7.org/fhir/R4/questionnaireresponse.html). */
import type { AnswerValue, Extension } from './questionnaire.ts';

export interface QuestionnaireResponse {
  readonly resourceType: 'QuestionnaireResponse';
  readonly id?: string;
  /** `url|version` of the questionnaire. */
  readonly questionnaire?: string;
  readonly status: 'in-progress' | 'completed' | 'amended' | 'entered-in-error' | 'stopped';
  readonly authored?: string;
  readonly extension?: readonly Extension[];
  readonly item?: readonly ResponseItem[];
}

export interface ResponseItem {
  readonly id?: string;
  readonly linkId: string;
  readonly text?: string;
  readonly definition?: string;
  readonly extension?: readonly Extension[];
  readonly answer?: readonly ResponseAnswer[];
  readonly item?: readonly ResponseItem[];
}

export interface ResponseAnswer extends AnswerValue {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly item?: readonly ResponseItem[];
}
