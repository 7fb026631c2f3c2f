/**
 * Numbers as DMN has them (10.3.2.3.1): decimals of 34 digits, rounded half to even. A number that a double writes exactly is a double, any
 * other is a `Decimal`: each number has one form, so `===` is equality, and whole numbers cost what they cost in JavaScript.
 */
import { Decimal } from 'decimal.js';

const Decimal128 = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN, maxE: 6_144, minE: -6_143, defaults: true });

export type FeelNumber = number | Decimal;

export const isNumber = (value: unknown): value is FeelNumber => typeof value === 'number' || value instanceof Decimal;

/** What the shortest text of a double says: 0.1 is one tenth. */
export const decimalOf = (value: FeelNumber): Decimal => new Decimal128(value);

/** Null for what is no number: a division by zero, a root of a negative number, an overflow. */
export function numberOf(value: Decimal): FeelNumber | null {
  if (!value.isFinite()) return null;
  const double = value.toNumber();
  if (!Number.isFinite(double)) return value;
  if (double === 0) return value.isZero() ? 0 : value;
  return new Decimal128(double).eq(value) ? double : value;
}

const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Null for a text that is not a number of FEEL. */
export function parseNumber(text: string): FeelNumber | null {
  if (!NUMBER.test(text)) return null;
  return numberOf(decimalOf(0).plus(text));
}

/** Null for a number that would not be held as it is written: more than 34 digits, or an exponent out of range. */
export function exactNumber(text: string): FeelNumber | null {
  if (!NUMBER.test(text)) return null;
  const written = new Decimal128(text);
  const isLost = written.precision() > Decimal128.precision || (written.isZero() && /^[^eE]*[1-9]/.test(text));
  return isLost ? null : numberOf(written);
}

export function numberText(value: FeelNumber): string {
  if (Number.isSafeInteger(value)) return String(value);
  const decimal = decimalOf(value);
  // As decimal128 is written: with an exponent only where all the zeros would say nothing.
  return Math.abs(decimal.e) > 40 ? decimal.toString() : decimal.toFixed();
}

export function add(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const sum = (a as number) + (b as number);
    if (Number.isSafeInteger(sum)) return sum;
  }
  return numberOf(decimalOf(a).plus(b));
}

export function subtract(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const difference = (a as number) - (b as number);
    if (Number.isSafeInteger(difference)) return difference;
  }
  return numberOf(decimalOf(a).minus(b));
}

export function multiply(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const product = (a as number) * (b as number);
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  return numberOf(decimalOf(a).times(b));
}

export const divide = (a: FeelNumber, b: FeelNumber): FeelNumber | null => numberOf(decimalOf(a).div(b));

/** Of a division of which the whole part is a remainder, never rounded. */
const Remainder = Decimal128.clone({ modulo: Decimal.ROUND_FLOOR });

/** `a - b * floor(a / b)`: the sign is that of the divisor. The quotient is as long as it is, so that the remainder is exact. */
export function modulo(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  return isZero(b) ? null : numberOf(new Remainder(a).mod(b));
}

export const power = (a: FeelNumber, b: FeelNumber): FeelNumber | null => numberOf(decimalOf(a).pow(b));

export const negate = (a: FeelNumber): FeelNumber => (typeof a === 'number' ? (a === 0 ? 0 : -a) : a.neg());

export const absolute = (a: FeelNumber): FeelNumber => (typeof a === 'number' ? Math.abs(a) : a.abs());

export const isZero = (a: FeelNumber): boolean => a === 0;

/** Negative, zero or positive. */
export function compareNumbers(a: FeelNumber, b: FeelNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return decimalOf(a).cmp(b);
}

/** A number that says a place or a length: what is behind the point says nothing. */
export const placeOf = (value: FeelNumber): number | null => (typeof value === 'number' ? Math.trunc(value) : null);

/** A whole number that counts something, or null. */
export const wholeOf = (value: FeelNumber): number | null => (typeof value === 'number' && Number.isInteger(value) ? value : null);

const ROUNDINGS = {
  'half even': Decimal.ROUND_HALF_EVEN,
  'half up': Decimal.ROUND_HALF_UP,
  'half down': Decimal.ROUND_HALF_DOWN,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  floor: Decimal.ROUND_FLOOR,
  ceiling: Decimal.ROUND_CEIL,
} as const;

export type Rounding = keyof typeof ROUNDINGS;

/** To so many digits after the point; a negative scale counts before it. Null for a scale outside decimal128. */
export function round(value: FeelNumber, scale: FeelNumber, rounding: Rounding): FeelNumber | null {
  const digits = wholeOf(scale);
  if (digits === null || digits < -6_111 || digits > 6_176) return null;
  const unit = new Decimal128(10).pow(-digits);
  // A sum may have no more digits than a decimal has; what is smaller than its last digit rounds nothing.
  if (digits > 6_000 || (decimalOf(value).decimalPlaces() <= Math.max(digits, 0) && digits >= 0)) return value;
  return numberOf(decimalOf(value).toNearest(unit, ROUNDINGS[rounding]));
}

export const squareRoot = (value: FeelNumber): FeelNumber | null => numberOf(decimalOf(value).sqrt());
export const naturalLogarithm = (value: FeelNumber): FeelNumber | null => numberOf(decimalOf(value).ln());
export const exponential = (value: FeelNumber): FeelNumber | null => numberOf(decimalOf(value).exp());
