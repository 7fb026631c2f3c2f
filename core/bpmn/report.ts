/** Collects findings while a definition is read and checked. */
import type { Finding } from './finding.ts';

export interface Words {
  readonly en: string;
  readonly zh: string;
}

export type Report = (elementId: string, rule: string, words: Words, severity?: Finding['severity']) => void;

export const reportInto =
  (findings: Finding[]): Report =>
  (elementId, rule, { en, zh }, severity = 'error') => {
    // Two places of an element can break one rule in the same words; saying it once is enough.
    if (findings.some((known) => known.elementId === elementId && known.rule === rule && known.message === en)) return;
    findings.push({ elementId, rule, severity, message: en, messageZh: zh });
  };
