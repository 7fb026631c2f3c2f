/** Functions of numbers (DMN 1.5, tables 77 and 78). */
import {
  absolute,
  compareNumbers,
  decimalOf,
  exponential,
  type FeelNumber,
  isZero,
  modulo,
  naturalLogarithm,
  numberOf,
  type Rounding,
  round,
  squareRoot,
} from '../number.ts';
import { DaysDuration, MonthsDuration } from '../temporal.ts';
import { isDuration, type Value } from '../value.ts';
import { either, type Form, form, mayTake, NUMBER, type Reader, take } from './define.ts';

const rounding = (kind: Rounding): readonly Form[] => [
  form([take('n', NUMBER), take('scale', NUMBER)], ([n, scale]) => round(n, scale, kind) ?? undefined),
];
const toWhole = (kind: Rounding): readonly Form[] => [
  form([take('n', NUMBER), mayTake('scale', NUMBER)], ([n, scale]) => round(n, scale ?? 0, kind) ?? undefined),
];
const ofNumber = (give: (n: FeelNumber) => Value | undefined): readonly Form[] => [form([take('number', NUMBER)], ([n]) => give(n))];
const DURATION: Reader<DaysDuration | MonthsDuration> = (value) => (isDuration(value) ? value : undefined);

export const numbers: Readonly<Record<string, readonly Form[]>> = {
  decimal: [
    form(
      [take('n', NUMBER), take('scale', NUMBER)],
      ([n, scale]) => round(n, numberOf(decimalOf(scale).trunc()) ?? 0, 'half even') ?? undefined,
    ),
  ],
  floor: toWhole('floor'),
  ceiling: toWhole('ceiling'),
  'round up': rounding('up'),
  'round down': rounding('down'),
  'round half up': rounding('half up'),
  'round half down': rounding('half down'),
  abs: [
    form([take('n', either(NUMBER, DURATION))], ([n]) => {
      if (n instanceof DaysDuration) return n.nanos < 0n ? new DaysDuration(-n.nanos) : n;
      return n instanceof MonthsDuration ? new MonthsDuration(Math.abs(n.months)) : absolute(n);
    }),
  ],
  modulo: [form([take('dividend', NUMBER), take('divisor', NUMBER)], ([dividend, divisor]) => modulo(dividend, divisor) ?? undefined)],
  sqrt: ofNumber((n) => squareRoot(n) ?? undefined),
  log: ofNumber((n) => (compareNumbers(n, 0) > 0 ? (naturalLogarithm(n) ?? undefined) : undefined)),
  exp: ofNumber((n) => exponential(n) ?? undefined),
  odd: ofNumber((n) => isWhole(n) && !isZero(modulo(n, 2) ?? 0)),
  even: ofNumber((n) => isWhole(n) && isZero(modulo(n, 2) ?? 1)),
};

const isWhole = (n: FeelNumber): boolean => decimalOf(n).isInteger();
