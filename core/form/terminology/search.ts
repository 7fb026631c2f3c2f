import type { Coding } from '../questionnaire.ts';

/** Every word that was typed begins or stands within the code or one of the displays, in whatever language. */
export function findCodings(codings: readonly Coding[], typed: string): readonly Coding[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return codings;
  return codings.filter((coding) => {
    const texts = textsOf(coding);
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
}

const textsOf = ({ code, display, _display }: Coding): readonly string[] => {
  const translations = (_display?.extension ?? []).flatMap(({ extension = [] }) =>
    extension.flatMap(({ valueString }) => valueString ?? []),
  );
  return [code ?? '', display ?? '', ...translations].map((text) => text.toLowerCase());
};
