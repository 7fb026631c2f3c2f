/** A coding, or an amount, in a cell: `8310-5=Body temperature <http://loinc.org>`, `2 kg=公斤`. */
import type { Coding, Quantity } from '#core/form/questionnaire.ts';
import { decimalText } from '#core/form/value.ts';
import { pairOf, pairText } from './list-text.ts';

/** The system stands last, in angles; also an empty one, where the words end in such. */
export function codingText({ system = '', code = '', display = '' }: Coding): string {
  const words = pairText(code, display);
  return system === '' && !words.endsWith('>') ? words : `${words} <${system}>`;
}

export function codingFrom(text: string): Coding {
  const [, words = '', system = ''] = /^([\s\S]*?)(?:\s*<([^<>]*)>)?$/.exec(text) ?? [];
  const [code, display] = pairOf(words);
  return {
    ...(system === '' ? {} : { system }),
    ...(code === '' ? {} : { code }),
    ...((display ?? code) === '' ? {} : { display: display ?? code }),
  };
}

export function amountText({ value, unit = '', system = '', code = '' }: Quantity): string {
  const number = decimalText(value ?? 0);
  return unit + system + code === '' ? number : `${number} ${codingText({ system, code, display: unit })}`;
}

/** Null where it does not begin with a number. */
export function amountFrom(text: string): Quantity | null {
  const [, number = '', words = ''] = /^(-?\d+(?:\.\d+)?)\s*([\s\S]*)$/.exec(text) ?? [];
  if (number === '') return null;
  const { display, ...coding } = codingFrom(words);
  return { value: Number(number), ...(display === undefined ? {} : { unit: display }), ...coding };
}
