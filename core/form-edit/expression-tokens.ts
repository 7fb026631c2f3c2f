/**
 * The words of a FHIRPath expression (https://hl7.org/fhirpath/N1/grammar.html), so far as it takes to find link ids in it. It also reads
 * what is not yet, or never will be, a whole expression: that is what an editor has most of the time.
 */
export interface Token {
  readonly kind: 'string' | 'name' | 'delimited' | 'number' | 'sign';
  readonly text: string;
  readonly from: number;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<skip>\s+|//[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<string>'(?:\\[\s\S]|[^'\\])*'?)`,
    '(?<delimited>`(?:\\\\[\\s\\S]|[^`\\\\])*`?)',
    '(?<name>[$A-Za-z_][A-Za-z0-9_]*)',
    String.raw`(?<number>@[-0-9T:.+Z]*|[0-9]+(?:\.[0-9]+)?)`,
    String.raw`(?<sign>!=|!~|<=|>=|[\s\S])`,
  ].join('|'),
  'g',
);

export function tokensOf(source: string): readonly Token[] {
  return [...source.matchAll(TOKEN)].flatMap((match): readonly Token[] => {
    const kind = KINDS.find((each) => match.groups?.[each] !== undefined);
    return kind ? [{ kind, text: match[0], from: match.index }] : [];
  });
}

const KINDS = ['string', 'name', 'delimited', 'number', 'sign'] as const;

export interface AskedLinkId {
  readonly linkId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Literals that are link ids: compared with `linkId`, on either side, or listed in `linkId in ('a' | 'b')`. The same text elsewhere is
 * something else, such as a code.
 */
export function linkIdsAskedIn(source: string): readonly AskedLinkId[] {
  const tokens = tokensOf(source);
  return tokens.flatMap((token, index): readonly AskedLinkId[] => {
    if (token.kind !== 'string' || !isClosed(token)) return [];
    if (!isComparedBefore(tokens, index) && !isComparedAfter(tokens, index) && !isListed(tokens, index)) return [];
    return [{ linkId: unquoted(token.text), from: token.from, to: token.from + token.text.length }];
  });
}

export const isClosed = ({ text }: Token): boolean => text.length > 1 && text.endsWith("'");

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '~', '!~']);

export const isComparedBefore = (tokens: readonly Token[], index: number): boolean =>
  COMPARISONS.has(tokens[index - 1]?.text ?? '') && tokens[index - 2]?.text === 'linkId';

function isComparedAfter(tokens: readonly Token[], index: number): boolean {
  if (!COMPARISONS.has(tokens[index + 1]?.text ?? '')) return false;
  let last = '';
  for (const { kind, text } of tokens.slice(index + 2)) {
    if (kind !== 'name' && text !== '.') break;
    last = text;
  }
  return last === 'linkId';
}

/** Back over `'a' | 'b' |` to the parenthesis that `linkId in` opens. */
export function isListed(tokens: readonly Token[], index: number): boolean {
  let at = index - 1;
  while (tokens[at]?.text === '|' || tokens[at]?.kind === 'string') at -= 1;
  return tokens[at]?.text === '(' && tokens[at - 1]?.text === 'in' && tokens[at - 2]?.text === 'linkId';
}

export const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

export const unquoted = (literal: string): string => literal.replace(/^'|'$/g, '').replace(/\\([\s\S])/g, '$1');
