import { EXTENSION } from '../extensions.ts';
import type { Coding } from '../questionnaire.ts';
import type { Concept } from './resources.ts';

/** A concept as it is chosen. Designations of a value set are what `translation` is on a coding. */
export function codingOf(system: string | undefined, { code, display, _display, designation }: Concept): Coding {
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
  return { ...(system ? { system } : {}), code, display: display ?? code, ...(extension.length > 0 ? { _display: { extension } } : {}) };
}

/** Two codings with the same key are the same concept. */
export const conceptKey = ({ system, code }: Pick<Coding, 'system' | 'code'>): string => `${system ?? ''}|${code ?? ''}`;
