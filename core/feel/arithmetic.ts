/** `+ - * / **` on numbers, texts, dates, times and durations (DMN 1.5, 10.3.2.13). Undefined: these have no such operation. */
import { add, decimalOf, divide, type FeelNumber, isNumber, isZero, multiply, numberOf, power, subtract } from './number.ts';
import {
  addMonths,
  addToTime,
  afterNanos,
  DAY,
  DaysDuration,
  dateAt,
  FeelDate,
  FeelDateTime,
  FeelTime,
  floorDivide,
  instantNanos,
  localNanos,
  MonthsDuration,
  midnightOf,
  timeInUtc,
} from './temporal.ts';
import { isDuration, type Value } from './value.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**';

/** Null where there is no such number or day; undefined where the types do not go together. */
export function calculate(operator: ArithmeticOperator, a: Value, b: Value): Value | undefined {
  if (isNumber(a) && isNumber(b)) return ofNumbers(operator, a, b);
  switch (operator) {
    case '+':
      return sum(a, b);
    case '-':
      return difference(a, b);
    case '*':
      if (isDuration(a) && isNumber(b)) return scaled(a, b, multiply);
      return isNumber(a) && isDuration(b) ? scaled(b, a, multiply) : undefined;
    case '/':
      return quotient(a, b);
    case '**':
      return undefined;
  }
}

function ofNumbers(operator: ArithmeticOperator, a: FeelNumber, b: FeelNumber): FeelNumber | null {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case '/':
      return isZero(b) ? null : divide(a, b);
    case '**':
      return power(a, b);
  }
}

function sum(a: Value, b: Value): Value | undefined {
  if (typeof a === 'string') return typeof b === 'string' ? a + b : undefined;
  if (isDuration(b)) return isDuration(a) ? sumOfDurations(a, b, 1) : later(a, b, 1);
  return isDuration(a) ? later(b, a, 1) : undefined;
}

function difference(a: Value, b: Value): Value | undefined {
  if (isDuration(b)) return isDuration(a) ? sumOfDurations(a, b, -1) : later(a, b, -1);
  if (a instanceof FeelTime) return b instanceof FeelTime ? betweenTimes(a, b) : undefined;
  const [from, to] = [asDateTime(a), asDateTime(b)];
  return from && to ? betweenDateTimes(from, to) : undefined;
}

/** A date beside a date and time is its midnight in UTC. */
function asDateTime(value: Value): FeelDateTime | null {
  if (value instanceof FeelDateTime) return value;
  return value instanceof FeelDate ? midnightOf(value) : null;
}

function sumOfDurations(a: DaysDuration | MonthsDuration, b: DaysDuration | MonthsDuration, sign: 1 | -1): Value | undefined {
  if (a instanceof DaysDuration && b instanceof DaysDuration) return new DaysDuration(a.nanos + BigInt(sign) * b.nanos);
  return a instanceof MonthsDuration && b instanceof MonthsDuration ? months(a.months + sign * b.months) : undefined;
}

const months = (count: number): MonthsDuration | null => (Number.isSafeInteger(count) ? new MonthsDuration(count === 0 ? 0 : count) : null);

function later(value: Value, duration: DaysDuration | MonthsDuration, sign: 1 | -1): Value | undefined {
  if (duration instanceof MonthsDuration) {
    if (value instanceof FeelDate) return addMonths(value, sign * duration.months);
    if (!(value instanceof FeelDateTime)) return undefined;
    const date = addMonths(value.date, sign * duration.months);
    return date && new FeelDateTime(date, value.time);
  }
  const nanos = BigInt(sign) * duration.nanos;
  if (value instanceof FeelTime) return addToTime(value, nanos);
  // A date is its midnight, and stays a date.
  if (value instanceof FeelDate) return dateAt(value.dayNumber + Number(floorDivide(nanos, DAY)));
  return value instanceof FeelDateTime ? afterNanos(value, nanos) : undefined;
}

function betweenTimes(a: FeelTime, b: FeelTime): Value {
  const [x, y] = [timeInUtc(a), timeInUtc(b)];
  if ((x === null) !== (y === null)) return null;
  return new DaysDuration(BigInt((x ?? a.nanos) - (y ?? b.nanos)));
}

function betweenDateTimes(a: FeelDateTime, b: FeelDateTime): Value {
  const [x, y] = [instantNanos(a), instantNanos(b)];
  if ((x === null) !== (y === null)) return null;
  return new DaysDuration((x ?? localNanos(a)) - (y ?? localNanos(b)));
}

function quotient(a: Value, b: Value): Value | undefined {
  if (!isDuration(a)) return undefined;
  if (isNumber(b)) return isZero(b) ? null : scaled(a, b, divide);
  if (a instanceof DaysDuration && b instanceof DaysDuration) return b.nanos === 0n ? null : ratio(a.nanos, b.nanos);
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) return b.months === 0 ? null : divide(a.months, b.months);
  return undefined;
}

const ratio = (a: bigint, b: bigint): FeelNumber | null => numberOf(decimalOf(0).plus(String(a)).div(String(b)));

/** Parts of a nanosecond and of a month are left off. */
function scaled(
  duration: DaysDuration | MonthsDuration,
  by: FeelNumber,
  operate: (a: FeelNumber, b: FeelNumber) => FeelNumber | null,
): Value {
  if (duration instanceof MonthsDuration) {
    const count = operate(duration.months, by);
    return count === null ? null : months(decimalOf(count).trunc().toNumber());
  }
  const nanos = operate(numberOf(decimalOf(0).plus(String(duration.nanos))) ?? 0, by);
  return nanos === null ? null : new DaysDuration(BigInt(decimalOf(nanos).trunc().toFixed(0)));
}
