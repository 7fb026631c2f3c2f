/** How exactly a date may be known: by `entryFormat` or `regex`. Without either it is a day, though less than that is kept where it stands already. */
import { settingsOf } from './extensions.ts';
import type { QuestionnaireItem } from './questionnaire.ts';

export const DATE_PRECISIONS = ['year', 'month', 'day'] as const;
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

const SAMPLES: Readonly<Record<DatePrecision, string>> = { year: '2026', month: '2026-05', day: '2026-05-17' };
const LENGTHS: Readonly<Record<DatePrecision, number>> = { year: 4, month: 7, day: 10 };

export function datePrecisionsOf(item: QuestionnaireItem): readonly DatePrecision[] {
  const { entryFormat, regex } = settingsOf(item);
  const byPattern = regex === undefined ? [] : DATE_PRECISIONS.filter((precision) => matches(regex, SAMPLES[precision]));
  if (byPattern.length > 0) return byPattern;
  const byFormat = entryFormat === undefined ? [] : inFormat(entryFormat);
  return byFormat.length > 0 ? byFormat : ['day'];
}

/** `YYYY`, `MM/YYYY`, `YYYY[-MM[-DD]]`, `YYYY or YYYY-MM`. */
function inFormat(format: string): readonly DatePrecision[] {
  const bare = format.toUpperCase();
  if (!bare.includes('YYYY')) return [];
  const optional = /YYYY[^A-Z]*\[[^A-Z]*MM/.test(bare) ? (['year'] as const) : [];
  const optionalDay = /MM[^A-Z]*\[[^A-Z]*DD/.test(bare) ? (['month'] as const) : [];
  const written = [...bare.matchAll(/(?:[DM]+[-/. ]+)*YYYY(?:[-/.年 []*MM(?:[-/.月 []*DD)?)?/g)].map(
    ([part]): DatePrecision => (part.includes('D') ? 'day' : part.includes('M') ? 'month' : 'year'),
  );
  const found = new Set<DatePrecision>([...optional, ...optionalDay, ...written]);
  return DATE_PRECISIONS.filter((precision) => found.has(precision));
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch {
    return false;
  }
}

/** `2020年5月`, `2020/5`, `202005` → `2020-05`; what is no date stays as it was typed. */
export function dateFromTyped(typed: string): string {
  const bare = typed
    .trim()
    .replace(/[年月/.]/g, '-')
    .replace(/日/g, '')
    .replace(/-$/, '');
  const spaced = /^\d{6}$|^\d{8}$/.test(bare) ? [bare.slice(0, 4), bare.slice(4, 6), bare.slice(6)].filter(Boolean).join('-') : bare;
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(spaced) ?? [];
  if (year === undefined) return typed;
  return [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-');
}

export const precisionOf = (date: string): DatePrecision | null =>
  DATE_PRECISIONS.find((precision) => LENGTHS[precision] === date.length) ?? null;
