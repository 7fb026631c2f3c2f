/** What the validation of a report found, at the cells of its form: as whoever entered it reads it, and has to mend or to explain. */
import { readsOf } from '#core/feel/reads.ts';
import type { LocalizedText } from '#core/text.ts';
import { factName } from './figure.ts';
import type { ReportCheck } from './figure-check.ts';
import type { IndicatorSet } from './indicator-set.ts';
import type { ValidationRule } from './validation.ts';

/** As the process carries it. */
export interface Validation extends Pick<ReportCheck, 'missing' | 'impossible' | 'outliers'> {
  /** Codes of the rules that do not hold. */
  readonly violations: readonly string[];
}

/** Where it sent the report back. */
export interface OpenValidation extends Validation {
  /** Codes of indicators of which somebody has to say a word. */
  readonly unexplained: readonly string[];
}

export interface CellFinding {
  /** Code of the indicator. */
  readonly code: string;
  /** Of the question in the report's form. */
  readonly linkId: string;
  readonly words: LocalizedText;
  /** It has to be another figure; else a word about it is enough. */
  readonly isError: boolean;
}

type Asked = Pick<IndicatorSet, 'indicators' | 'rules'>;

export function findingsOf(set: Asked, { violations, missing, impossible, outliers }: Validation): readonly CellFinding[] {
  const broken = set.rules.filter(({ code }) => violations.includes(code));
  return [
    ...broken.flatMap((rule) =>
      cellsOfRule(set, rule).map(({ code, part }) => ({
        code,
        linkId: `${code}.${part}`,
        words: rule.instruction,
        isError: rule.severity === 'error',
      })),
    ),
    ...impossible.map((code) => ({ ...atNumerator(code, IMPOSSIBLE), isError: true })),
    ...missing.map((code) => atNumerator(code, MISSING)),
    ...outliers.map((code) => atNumerator(code, OUTLIER)),
  ];
}

/** What was found and is still to be mended or explained. */
export const openFindings = (set: Asked, validation: OpenValidation): readonly CellFinding[] =>
  findingsOf(set, validation).filter(({ code, isError }) => isError || validation.unexplained.includes(code));

/** Of indicators that somebody has to say something about, in the order of the set: what is missing, stands out or breaks a rule without being wrong. */
export function unexplained(set: Asked, validation: Validation, isExplained: (code: string) => boolean): readonly string[] {
  const warned = new Set(findingsOf(set, validation).flatMap(({ code, isError }) => (isError ? [] : [code])));
  return set.indicators.filter((code) => warned.has(code) && !isExplained(code));
}

const atNumerator = (code: string, words: LocalizedText): CellFinding => ({ code, linkId: `${code}.numerator`, words, isError: false });

/** A rule judges its left side; what it is compared with may be another indicator, or the period before. */
function cellsOfRule({ indicators }: Asked, { left }: ValidationRule) {
  const names = new Set(readsOf(left.expression).map(({ path: [first = ''] }) => first));
  return indicators.flatMap((code) =>
    (['numerator', 'denominator'] as const).flatMap((part) => (names.has(factName(code, part)) ? [{ code, part }] : [])),
  );
}

const IMPOSSIBLE: LocalizedText = {
  'zh-CN': '分子大于分母，或为负数，请更正。',
  en: 'More than all, or less than nothing: please correct it.',
};
const MISSING: LocalizedText = { 'zh-CN': '本指标没有填全，请补填或说明原因。', en: 'A figure is missing: fill it in, or say why it is.' };
const OUTLIER: LocalizedText = {
  'zh-CN': '与本院既往各期相比偏离较大，请核对或说明原因。',
  en: 'This stands out of what the hospital reported before: check it, or say why.',
};
