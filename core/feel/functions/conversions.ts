/** `number`, `string`, `not` and `is` (DMN 1.5, tables 72 and 83). */
import { isEqual } from '../compare.ts';
import { isNumber, numberText, parseNumber } from '../number.ts';
import { FeelRange } from '../range.ts';
import { FeelDateTime, FeelTime, offsetSecondsOf } from '../temporal.ts';
import { isTemporal, temporalText } from '../temporal-text.ts';
import { FeelFunction, isList, kindOf, type Value } from '../value.ts';
import { weigh } from '../weight.ts';
import { ANY, type Form, form, mayTake, NUMBER, orNull, SOMETHING, TEXT, TRUTH, take } from './define.ts';

export const conversions: Readonly<Record<string, readonly Form[]>> = {
  number: [
    form([take('from', NUMBER)], ([from]) => from),
    form(
      [take('from', TEXT), mayTake('grouping separator', orNull(TEXT)), mayTake('decimal separator', orNull(TEXT))],
      ([from, grouping, decimal]) => readNumber(from, { grouping: grouping ?? null, decimal: decimal ?? null }) ?? undefined,
    ),
  ],
  string: [
    form([take('from', SOMETHING)], ([from], run) => {
      weigh(from, run);
      return textOf(from);
    }),
  ],
  not: [form([take('negand', orNull(TRUTH))], ([negand]) => (negand === null ? null : !negand))],
  is: [
    form([take('value1', ANY), take('value2', ANY)], ([a, b]) => isSame(a, b)),
    form([mayTake('value1', ANY), mayTake('value2', ANY)], ([a, b]) =>
      a === undefined && b === undefined ? undefined : isSame(a ?? null, b ?? null),
    ),
  ],
};

interface Separators {
  readonly grouping: string | null;
  readonly decimal: string | null;
}

function readNumber(from: string, { grouping, decimal }: Separators) {
  if (grouping !== null && !/^[ ,.]$/.test(grouping)) return null;
  if (decimal !== null && (!/^[,.]$/.test(decimal) || decimal === grouping)) return null;
  const ungrouped = grouping === null ? from : from.replaceAll(grouping, '');
  const text = decimal === null || decimal === '.' ? ungrouped : ungrouped.includes('.') ? '' : ungrouped.replace(decimal, '.');
  return parseNumber(text);
}

/** As FEEL writes it; undefined for a function. */
export function textOf(value: Value): string | undefined {
  return typeof value === 'string' ? value : writtenOf(value);
}

/** As a literal. */
function writtenOf(value: Value): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (isNumber(value)) return numberText(value);
  if (isTemporal(value)) return temporalText(value);
  if (isList(value)) return `[${value.map(writtenOf).join(', ')}]`;
  if (value instanceof FeelFunction) return undefined;
  if (value instanceof FeelRange) return rangeText(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : writtenOf(name)}: ${writtenOf(member)}`)
    .join(', ')}}`;
}

export function rangeText({ from, to, isFromIn, isToIn, isComparison }: FeelRange): string {
  const [first, last] = [from, to].map((end) => (end !== null && isTemporal(end) ? `@"${temporalText(end)}"` : writtenOf(end)));
  if (isComparison) return from === null ? `${isToIn ? '<=' : '<'}${last}` : `${isFromIn ? '>=' : '>'}${first}`;
  return `${isFromIn ? '[' : '('}${first}..${last}${isToIn ? ']' : ')'}`;
}

/** The same element of the same domain: a time with another zone is another time. */
function isSame(a: Value, b: Value): boolean {
  if (kindOf(a) !== kindOf(b)) return false;
  if (a instanceof FeelTime && b instanceof FeelTime) return a.nanos === b.nanos && hasSameZone(a, b);
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) return isEqual(a, b) === true && hasSameZone(a.time, b.time);
  return isEqual(a, b) === true;
}

const hasSameZone = (a: FeelTime, b: FeelTime): boolean =>
  a.zone?.text === b.zone?.text ||
  (offsetSecondsOf(a, null) !== null && a.zone?.offsetSeconds === b.zone?.offsetSeconds && a.zone?.offsetSeconds !== null);
