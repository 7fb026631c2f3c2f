/** Doses in FEEL: functions that take and give decimal text, never numbers. What they mean stands in `core/dose`. */

import type { DoseRounding } from '#core/dose/dose.ts';
import {
  compareDoses,
  doseCapped,
  doseDivided,
  dosePerWeight,
  doseRounded,
  doseSum,
  doseTimes,
  isDose,
  isDoseRounding,
} from '#core/dose/dose.ts';
import { isList } from '../value.ts';
import { type Form, form, type Reader, TEXT, take, takeAll } from './define.ts';

const DOSE: Reader<string> = (value) => (typeof value === 'string' && isDose(value) ? value : undefined);
const DOSES: Reader<readonly string[]> = (value) => {
  const read = isList(value) ? value.map(DOSE) : [];
  return read.length > 0 && read.every((dose) => dose !== undefined) ? read : undefined;
};
const ROUNDING: Reader<DoseRounding> = (value) => {
  const text = TEXT(value);
  return text !== undefined && isDoseRounding(text) ? text : undefined;
};

const compared = (holds: (order: number) => boolean): readonly Form[] => [
  form([take('dose', DOSE), take('other', DOSE)], ([dose, other]) => {
    const order = compareDoses(dose, other);
    return order === undefined ? undefined : holds(order);
  }),
];

export const doses: Readonly<Record<string, readonly Form[]>> = {
  'dose per weight': [form([take('dose per unit', DOSE), take('weight', DOSE)], ([dose, weight]) => dosePerWeight(dose, weight))],
  'dose times': [form([take('dose', DOSE), take('count', DOSE)], ([dose, count]) => doseTimes(dose, count))],
  'dose sum': [form([take('doses', DOSES)], ([all]) => doseSum(all)), form([takeAll('doses', DOSE)], ([all]) => doseSum(all))],
  'dose rounded': [
    form([take('dose', DOSE), take('step', DOSE), take('rounding', ROUNDING)], ([dose, step, rounding]) =>
      doseRounded(dose, step, rounding),
    ),
  ],
  'dose divided': [
    form([take('dose', DOSE), take('count', DOSE), take('step', DOSE), take('rounding', ROUNDING)], ([dose, count, step, rounding]) =>
      doseDivided(dose, count, { step, rounding }),
    ),
  ],
  'dose capped': [form([take('dose', DOSE), take('maximum', DOSE)], ([dose, maximum]) => doseCapped(dose, maximum))],
  'dose exceeds': compared((order) => order > 0),
  'dose equals': compared((order) => order === 0),
};

/** Those that give a dose. */
export const GIVES_DOSE: ReadonlySet<string> = new Set(Object.keys(doses).filter((name) => !/exceeds|equals/.test(name)));
