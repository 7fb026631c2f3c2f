/** What stands for an answer that a reader may not see whole: enough to recognise a number that one has, not enough to learn one. */
import { EXTENSION } from '../extensions.ts';
import type { AnswerValue } from '../questionnaire.ts';
import type { ResponseAnswer } from '../response.ts';

export const NOTHING_SHOWN = '•••';
const CUT = '••••';

/** Mainland mobile numbers, as they are shown everywhere in China: 139••••1111. */
const MOBILE = /^1\d{10}$/;
/** Identity cards, record and account numbers. Prose and addresses keep nothing: their end says as much as any other part. */
const NUMBER = /^(?=(?:.*\d){4})[A-Za-z0-9-]{8,}$/;
const KEPT = 4;

export const maskedAnswer = (answer: AnswerValue): ResponseAnswer => ({
  valueString: maskedText(answer),
  extension: [{ url: EXTENSION.masked, valueBoolean: true }],
});

export const isPlaceholder = ({ extension }: ResponseAnswer): boolean => extension?.some(({ url }) => url === EXTENSION.masked) ?? false;

/** The placeholder has one length, so that it does not tell the answer's. */
function maskedText({ valueString }: AnswerValue): string {
  const plain = valueString?.replaceAll(/[\s()]/g, '') ?? '';
  const tail = plain.slice(-KEPT);
  if (MOBILE.test(plain)) return `${plain.slice(0, 3)}${CUT}${tail}`;
  return NUMBER.test(plain) ? `${CUT}${tail}` : NOTHING_SHOWN;
}
