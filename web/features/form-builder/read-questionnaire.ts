/** A Questionnaire from a file: R4 or R5, alone or in a Bundle. The parser is large, and comes with the first file. */
import type { Questionnaire } from '#core/form/questionnaire.ts';

export type ReadQuestionnaire =
  | { readonly kind: 'form'; readonly questionnaire: Questionnaire }
  | { readonly kind: 'unreadable'; readonly problems: string };

export async function readQuestionnaire(text: string): Promise<ReadQuestionnaire> {
  const { z } = await import('zod');
  // Before a schema is made: it would else try whether the page may compile text, which its policy forbids and reports.
  z.config({ jitless: true });
  const [{ importQuestionnaire }, { problemText }] = await Promise.all([import('#core/form/import.ts'), import('#core/form/parse.ts')]);
  const parsed = importQuestionnaire(JSON.parse(text));
  return parsed.ok ? { kind: 'form', questionnaire: parsed.value } : { kind: 'unreadable', problems: problemText(parsed.problems) };
}
