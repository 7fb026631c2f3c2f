/** Equality and order of values (DMN 1.5, table 53). Null: they cannot be compared. */
import { compareNumbers, isNumber } from './number.ts';
import { FeelRange } from './range.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, instantNanos, localNanos, MonthsDuration, timeInUtc } from './temporal.ts';
import { FeelFunction, isContext, isList, type Value } from './value.ts';

/** Negative, zero or positive. */
export function compareValues(a: Value, b: Value): number | null {
  if (isNumber(a)) return isNumber(b) ? compareNumbers(a, b) : null;
  if (typeof a === 'string') return typeof b === 'string' ? compareTexts(a, b) : null;
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.dayNumber - b.dayNumber : null;
  if (a instanceof FeelDateTime) return b instanceof FeelDateTime ? compareDateTimes(a, b) : null;
  if (a instanceof FeelTime) return b instanceof FeelTime ? compareTimes(a, b) : null;
  if (a instanceof DaysDuration) return b instanceof DaysDuration ? signOf(a.nanos, b.nanos) : null;
  if (a instanceof MonthsDuration) return b instanceof MonthsDuration ? a.months - b.months : null;
  return null;
}

/** By code points, not by the halves of pairs. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (a.charCodeAt(index) !== b.charCodeAt(index)) return (a.codePointAt(index) ?? 0) - (b.codePointAt(index) ?? 0);
  }
  return a.length - b.length;
}

const signOf = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Points in time are told apart to the millisecond, as the compatibility kit has it (0068, time_005). */
const MILLISECOND = 1_000_000n;

/** With a zone against without one cannot be told. */
function compareDateTimes(a: FeelDateTime, b: FeelDateTime): number | null {
  const [x, y] = [instantNanos(a), instantNanos(b)];
  if (x === null && y === null) return signOf(localNanos(a) / MILLISECOND, localNanos(b) / MILLISECOND);
  return x === null || y === null ? null : signOf(x / MILLISECOND, y / MILLISECOND);
}

function compareTimes(a: FeelTime, b: FeelTime): number | null {
  const [x, y] = [timeInUtc(a), timeInUtc(b)];
  if ((x === null) !== (y === null)) return null;
  return Math.floor((x ?? a.nanos) / 1_000_000) - Math.floor((y ?? b.nanos) / 1_000_000);
}

export function isEqual(a: Value, b: Value): boolean | null {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (isList(a)) return isList(b) ? isSameList(a, b) : null;
  if (typeof a === 'boolean') return typeof b === 'boolean' ? a === b : null;
  if (a instanceof FeelRange) return b instanceof FeelRange ? isSameRange(a, b) : null;
  if (a instanceof FeelFunction) return null;
  if (isContext(a)) return isContext(b) ? isSameContext(a, b) : null;
  const order = compareValues(a, b);
  // A time with a zone is not one without, and that can be told.
  if (order === null && ((a instanceof FeelTime && b instanceof FeelTime) || (a instanceof FeelDateTime && b instanceof FeelDateTime)))
    return false;
  return order === null ? null : order === 0;
}

function isSameList(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => isEqual(item, b[index] ?? null) === true);
}

function isSameContext(a: Readonly<Record<string, Value>>, b: Readonly<Record<string, Value>>): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqual(a[name] ?? null, b[name] ?? null) === true)
  );
}

const isSameRange = (a: FeelRange, b: FeelRange): boolean =>
  a.isFromIn === b.isFromIn &&
  a.isToIn === b.isToIn &&
  a.isComparison === b.isComparison &&
  isEqual(a.from, b.from) === true &&
  isEqual(a.to, b.to) === true;

/** Whether a range holds a value; null where it cannot be told. */
export function includesValue(range: FeelRange, value: Value): boolean | null {
  const from = range.from === null ? 1 : compareValues(value, range.from);
  const to = range.to === null ? -1 : compareValues(value, range.to);
  if (from === null || to === null) return null;
  return (range.isFromIn ? from >= 0 : from > 0) && (range.isToIn ? to <= 0 : to < 0);
}
