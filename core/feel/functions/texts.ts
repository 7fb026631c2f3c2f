/** Functions of texts (DMN 1.5, table 75). Positions and lengths count code points. */
import { placeOf } from '../number.ts';
import type { Value } from '../value.ts';
import { type Form, form, LIST, mayTake, NUMBER, orNull, TEXT, take } from './define.ts';
import { patternOf, replacePattern, splitByPattern } from './pattern.ts';

const twoTexts = (second: string, give: (text: string, match: string) => Value): readonly Form[] => [
  form([take('string', TEXT), take(second, TEXT)], ([text, match]) => give(text, match)),
];

export const texts: Readonly<Record<string, readonly Form[]>> = {
  substring: [
    form([take('string', TEXT), take('start position', NUMBER), mayTake('length', NUMBER)], ([text, start, length]) => {
      const points = Array.from(text);
      const [from, count] = [placeOf(start), length === undefined ? points.length : placeOf(length)];
      if (!from || count === null || Math.abs(from) > points.length || count < (length === undefined ? 0 : 1)) return undefined;
      const begin = from > 0 ? from - 1 : points.length + from;
      return points.slice(begin, begin + count).join('');
    }),
  ],
  'string length': [form([take('string', TEXT)], ([text]) => Array.from(text).length)],
  'upper case': [form([take('string', TEXT)], ([text]) => text.toUpperCase())],
  'lower case': [form([take('string', TEXT)], ([text]) => text.toLowerCase())],
  'substring before': twoTexts('match', (text, match) => {
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(0, at);
  }),
  'substring after': twoTexts('match', (text, match) => {
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(at + match.length);
  }),
  contains: twoTexts('match', (text, match) => text.includes(match)),
  'starts with': twoTexts('match', (text, match) => text.startsWith(match)),
  'ends with': twoTexts('match', (text, match) => text.endsWith(match)),
  matches: [
    form([take('input', TEXT), take('pattern', TEXT), mayTake('flags', orNull(TEXT))], ([input, pattern, flags]) =>
      patternOf(pattern, flags ?? '')?.test(input),
    ),
  ],
  replace: [
    form(
      [take('input', TEXT), take('pattern', TEXT), take('replacement', TEXT), mayTake('flags', orNull(TEXT))],
      ([input, pattern, replacement, flags]) => replacePattern(input, { pattern, replacement, flags: flags ?? '' }),
    ),
  ],
  split: [form([take('string', TEXT), take('delimiter', TEXT)], ([text, delimiter]) => splitByPattern(text, delimiter))],
  'string join': [
    form([take('list', LIST), mayTake('delimiter', orNull(TEXT))], ([list, delimiter]) => {
      const items = list.filter((item) => item !== null);
      return items.every((item) => typeof item === 'string') ? items.join(delimiter ?? '') : undefined;
    }),
  ],
};
