/** `bihuan:prefill` of a user task: FEEL by the link ids of its form. Checked at deployment to be JSON of texts; anything else prefills nothing. */
export function prefillsOf({ 'bihuan:prefill': json = '{}' }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return Object.fromEntries(texts.map(([linkId, source]) => [linkId, source.replace(/^=/, '')]));
  } catch {
    return {};
  }
}
