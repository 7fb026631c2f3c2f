import type { LocalizedText } from '#core/text.ts';

/** What is wrong with an answer, as a code with values for its words. The web says it under `form.issue.<code>`; others use `textFor`. */
export interface FormIssue {
  readonly code: FormIssueCode;
  readonly linkId: string;
  /** Where: see `path.ts`. */
  readonly path: string;
  /** A warning does not keep anybody from going on. */
  readonly severity: 'error' | 'warning';
  /** Limits and counts; never an answer, since issues are logged. */
  readonly data?: Readonly<Record<string, string | number>>;
  /** The form's own words for it. */
  readonly text?: LocalizedText;
}

export const FORM_ISSUE_CODES = [
  'required',
  'too-few',
  'too-many',
  'empty-row',
  'too-long',
  'too-short',
  'pattern',
  'pattern-unchecked',
  'blank-text',
  'number-invalid',
  'too-many-decimals',
  'min-value',
  'max-value',
  'too-early',
  'too-late',
  'date-invalid',
  'date-time-invalid',
  'time-invalid',
  'url-invalid',
  'option-unknown',
  'option-unchecked',
  'option-exclusive',
  'option-twice',
  'unit-unknown',
  'unit-invalid',
  'file-missing',
  'file-too-large',
  'file-type',
  'reference-invalid',
  'reference-kind',
  'signature-foreign',
  'not-enabled',
  'unknown-item',
  'item-twice',
  'wrong-type',
  'answer-not-allowed',
  'nested-not-allowed',
  'other-form',
  'other-version',
  'item-order',
  'computed-otherwise',
  'constraint',
  'expression-failed',
] as const;

export type FormIssueCode = (typeof FORM_ISSUE_CODES)[number];
