/** Issues as FHIR says them (https://hl7.org/fhir/R4/operationoutcome.html). */
import type { Locale } from '#core/text.ts';
import type { FormIssue, FormIssueCode } from './issue.ts';
import { textFor } from './issue-text.ts';
import { fhirPathOf } from './path.ts';
import type { Damage } from './salvage.ts';

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly OutcomeIssue[];
}

export interface OutcomeIssue {
  readonly severity: 'error' | 'warning' | 'information';
  /** Of `http://hl7.org/fhir/issue-type`. */
  readonly code: string;
  readonly details: { readonly coding?: readonly { readonly system: string; readonly code: string }[]; readonly text: string };
  readonly expression?: readonly string[];
}

const ISSUE_CODES = 'https://bihuan.dev/fhir/CodeSystem/form-issue';

/** FHIR asks for one issue at least: where nothing is wrong it says so. `damages`: what could not be read of the response. */
export function outcomeOf(issues: readonly FormIssue[], locale: Locale, damages: readonly Damage[] = []): OperationOutcome {
  const unread = damages.map((damage) => unreadable(damage, locale));
  const judged = issues.map(
    (issue): OutcomeIssue => ({
      severity: issue.severity,
      code: TYPE_OF[issue.code] ?? 'value',
      details: { coding: [{ system: ISSUE_CODES, code: issue.code }], text: textFor(issue, locale) },
      expression: [fhirPathOf(issue.path)],
    }),
  );
  const found = [...unread, ...judged];
  return { resourceType: 'OperationOutcome', issue: found.length > 0 ? found : [NOTHING_WRONG[locale]] };
}

/** Where they stood nobody knows any more. */
export const lostDigits = (locale: Locale): OutcomeIssue => ({
  severity: 'warning',
  code: 'value',
  details: {
    coding: [{ system: ISSUE_CODES, code: 'lost-digits' }],
    text: locale === 'en' ? 'A number has more digits than are kept here' : '有数字的位数超过可保留的精度',
  },
  expression: ['QuestionnaireResponse'],
});

const unreadable = ({ path, message }: Damage, locale: Locale): OutcomeIssue => ({
  severity: 'error',
  code: /(?:^|\.)value[A-Z]\w*/.test(path) ? 'value' : 'structure',
  details: {
    coding: [{ system: ISSUE_CODES, code: 'malformed' }],
    text: locale === 'en' ? `This is not as FHIR asks: ${message}` : `不符合 FHIR 的格式：${message}`,
  },
  // In a path the type of a value has no place.
  expression: [['QuestionnaireResponse', path.replace(/(^|\.)value[A-Z]\w*/, '$1value')].filter(Boolean).join('.')],
});

const NOTHING_WRONG: Readonly<Record<Locale, OutcomeIssue>> = {
  en: { severity: 'information', code: 'informational', details: { text: 'Nothing is wrong.' } },
  'zh-CN': { severity: 'information', code: 'informational', details: { text: '没有问题。' } },
};

/** Others are about the value. */
const TYPE_OF: Partial<Record<FormIssueCode, string>> = {
  required: 'required',
  'too-few': 'required',
  'too-long': 'too-long',
  'option-unknown': 'code-invalid',
  'option-unchecked': 'incomplete',
  'pattern-unchecked': 'incomplete',
  'unit-unknown': 'code-invalid',
  'unit-invalid': 'code-invalid',
  constraint: 'invariant',
  'expression-failed': 'exception',
  'unknown-item': 'structure',
  'item-twice': 'structure',
  'wrong-type': 'structure',
  'answer-not-allowed': 'structure',
  'nested-not-allowed': 'structure',
  'other-form': 'structure',
  'other-version': 'structure',
  'item-order': 'structure',
  'signature-foreign': 'forbidden',
  'file-missing': 'not-found',
};
