import { EXTENSION, SCORE_EXTENSIONS } from '../extensions.ts';
import type { Coding } from '../questionnaire.ts';
import type { Concept } from './resources.ts';

/** A concept as it is chosen. Designations of a value set are what `translation` is on a coding. */
export function codingOf(system: string | undefined, { code, display, _display, designation, extension: around }: Concept): Coding {
  const translations = (designation ?? []).flatMap(({ language, value }) =>
    language
      ? {
          url: EXTENSION.translation,
          extension: [
            { url: 'lang', valueCode: language },
            { url: 'content', valueString: value },
          ],
        }
      : [],
  );
  const extension = [...(_display?.extension ?? []), ...translations];
  const scores = (around ?? []).filter(({ url }) => SCORES.has(url));
  return {
    ...(system ? { system } : {}),
    code,
    display: display ?? code,
    ...(extension.length > 0 ? { _display: { extension } } : {}),
    ...(scores.length > 0 ? { extension: scores } : {}),
  };
}

/** What a concept counts is told with it. */
const SCORES: ReadonlySet<string> = new Set(SCORE_EXTENSIONS);

/** Two codings with the same key are the same concept. */
export const conceptKey = ({ system, code }: Pick<Coding, 'system' | 'code'>): string => `${system ?? ''}|${code ?? ''}`;
