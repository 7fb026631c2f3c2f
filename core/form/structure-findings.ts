/** Of what is no form. Apart from the other checks: a page that builds forms needs no parser until somebody brings a file. */
import type { Finding } from '#core/bpmn/finding.ts';
import { formIn } from './import.ts';
import { linkIdAt, stepsOf } from './salvage.ts';

/** Why something is not read as a form at all, at the item where that stands. */
export const structureFindings = (input: unknown, problems: readonly { readonly path: string; readonly message: string }[]): Finding[] =>
  problems.map(({ path, message }) => ({
    elementId: linkIdAt(formIn(input), stepsOf(path)) || path || 'questionnaire',
    rule: 'form-structure',
    severity: 'error',
    message: path ? `${path}: ${message}` : message,
    messageZh: `不符合 FHIR 的格式：${path ? `${path}：` : ''}${message}`,
  }));
