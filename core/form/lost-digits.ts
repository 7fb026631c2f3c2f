/** Decimals of FHIR keep their digits (https://hl7.org/fhir/R4/datatypes.html#decimal); a number here has some sixteen. Zeros at the end are not counted. */
import { Decimal } from 'decimal.js';

/** How many numbers of a JSON text are others once they are read. */
export function lostDigitsIn(json: string): number {
  const numbers = [...json.matchAll(TOKEN)].flatMap(([, number]) => number ?? []);
  return numbers.filter((number) => !new Decimal(number).equals(new Decimal(Number(number)))).length;
}

/** Texts, in which digits are no number, and numbers. */
const TOKEN = /"(?:[^"\\]|\\.)*"|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
