/**
 * Arithmetic of doses on decimal text, exact: never on numbers, because JSON's readers make binary doubles of them, and because FEEL would
 * round in silence. All doses of one call are in the same unit. Undefined: not decimal text, or an answer that would need rounding nobody
 * asked for.
 */
import { Decimal } from 'decimal.js';

/** More digits than any dose has, so that products of two doses stay exact. */
const Exact = Decimal.clone({ precision: 80, defaults: true });

const DIGITS_MAX = 30;

/** `0`, `12`, `0.125`: no sign, no exponent, no zeros before a digit. */
export const isDose = (text: string): boolean => text.length <= DIGITS_MAX && /^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);

const read = (text: string): Decimal | undefined => (isDose(text) ? new Exact(text) : undefined);

/** Without zeros at the end. */
function written(value: Decimal): string | undefined {
  const text = value.toFixed();
  return isDose(text) ? text : undefined;
}

type Operation = (a: Decimal, b: Decimal) => Decimal | undefined;

function ofTwo(a: string, b: string, operate: Operation): string | undefined {
  const [x, y] = [read(a), read(b)];
  const value = x && y && operate(x, y);
  return value && written(value);
}

/** `dose per weight("7.5", "12.4")`: mg/kg and kg give mg; so do mg/m² and m². */
export const dosePerWeight = (dosePerUnit: string, weight: string): string | undefined => ofTwo(dosePerUnit, weight, (a, b) => a.times(b));

/** So many doses of this size; `count` may be a text with a fraction: half a tablet. */
export const doseTimes = (dose: string, count: string): string | undefined => ofTwo(dose, count, (a, b) => a.times(b));

export function doseSum(doses: readonly string[]): string | undefined {
  let total = new Exact(0);
  for (const dose of doses) {
    const value = read(dose);
    if (!value) return undefined;
    total = total.plus(value);
  }
  return doses.length > 0 ? written(total) : undefined;
}

const DOSE_ROUNDINGS = { down: Decimal.ROUND_DOWN, up: Decimal.ROUND_UP, 'half up': Decimal.ROUND_HALF_UP } as const;

export type DoseRounding = keyof typeof DOSE_ROUNDINGS;

export const isDoseRounding = (text: string): text is DoseRounding => Object.hasOwn(DOSE_ROUNDINGS, text);

/** To a whole multiple of what can be given: `dose rounded("93.7", "2.5", "down")` is 92.5. */
export function doseRounded(dose: string, step: string, rounding: DoseRounding): string | undefined {
  return ofTwo(dose, step, (a, b) => (b.isZero() ? undefined : a.div(b).toDecimalPlaces(0, DOSE_ROUNDINGS[rounding]).times(b)));
}

/** One of so many equal parts. Thirds have no decimal, so the step and the direction must be said. */
export function doseDivided(dose: string, count: string, { step, rounding }: { readonly step: string; readonly rounding: DoseRounding }) {
  const [whole, parts, unit] = [read(dose), read(count), read(step)];
  if (!whole || !parts || !unit || parts.isZero() || unit.isZero()) return undefined;
  // Divided once, so that it is rounded once.
  return written(whole.div(parts.times(unit)).toDecimalPlaces(0, DOSE_ROUNDINGS[rounding]).times(unit));
}

/** The dose, or the most that may be given. */
export const doseCapped = (dose: string, maximum: string): string | undefined => ofTwo(dose, maximum, (a, b) => (a.greaterThan(b) ? b : a));

/** Negative, zero or positive; "5.0" and "5" are the same. */
export function compareDoses(a: string, b: string): number | undefined {
  const [x, y] = [read(a), read(b)];
  return x && y && x.cmp(y);
}
