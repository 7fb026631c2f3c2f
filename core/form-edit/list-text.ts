/** Lists in one cell: `a=甲|b=乙`. A backslash stands before what would separate. */
export const joined = (entries: readonly string[], mark: ListMark = '|'): string => entries.map((entry) => escaped(entry, mark)).join(mark);

/** Of a list, and of a list in an entry of one. */
type ListMark = '|' | ',';

export const split = (text: string, mark: ListMark = '|'): readonly string[] =>
  text.trim() === '' ? [] : cut(text, mark).map((entry) => entry.trim());

/** Both parts, or the whole where there is no mark. */
export const pairText = (name: string, value: string): string => `${escaped(name, '=')}=${value}`;

export function pairOf(entry: string): readonly [name: string, value: string | null] {
  const [name = '', ...rest] = cut(entry, '=', 2);
  return [name.trim(), rest.length > 0 ? (rest[0] ?? '').trim() : null];
}

const escaped = (text: string, mark: string): string => text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);

function cut(text: string, mark: string, most = Number.POSITIVE_INFINITY): readonly string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    const last = parts.length - 1;
    const next = text[at + 1];
    if (letter === '\\' && next !== undefined && (next === mark || next === '\\')) {
      parts[last] += next;
      at += 1;
    } else if (letter === mark && parts.length < most) parts.push('');
    else parts[last] += letter;
  }
  return parts;
}
