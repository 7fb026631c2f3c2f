/**
 * What may stand at the cursor in an expression that is being written: link ids where one is compared, variables that are in scope, members and
 * functions after a dot.
 */

import { expressionsOf } from '#core/form/expression/expressions.ts';
import { EXTENSION } from '#core/form/extensions.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { LocalizedText } from '#core/text.ts';
import { isClosed, isComparedBefore, isListed, quoted, type Token, tokensOf } from './expression-tokens.ts';
import { FUNCTIONS, MEMBERS, STARTS } from './expression-words.ts';
import { placedItems } from './placed-items.ts';
import { labelTextOf } from './said-conditions.ts';

export interface Completions {
  /** What is replaced. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

export interface Completion {
  readonly kind: 'link-id' | 'variable' | 'function' | 'member';
  /** What is put in. */
  readonly insert: string;
  /** Where the cursor goes, counted from the end of what is put in: −1 is between the parentheses of a function. */
  readonly cursor: number;
  /** The item's label; null for what the language has. */
  readonly text: LocalizedText | null;
}

/** `linkId`: the item on which the expression stands, null for the form. */
export function completionsAt(questionnaire: Questionnaire, linkId: string | null, source: string, offset: number): Completions {
  const tokens = tokensOf(source.slice(0, offset));
  const last = tokens.length - 1;
  const token = tokens[last];
  const none: Completions = { from: offset, to: offset, options: [] };
  if (token?.kind === 'string' && !isClosed(token)) {
    const isLinkId = isComparedBefore(tokens, last) || isListed(tokens, last);
    return isLinkId ? linkIds(questionnaire, source, token) : none;
  }
  if (isInComment(source.slice(0, offset))) return none;
  // The word that is being written, if it reaches the cursor.
  const isWord = token?.kind === 'name' && token.from + token.text.length === offset;
  const before = tokens[isWord ? last - 1 : last]?.text;
  const from = isWord ? token.from : offset;
  const range = { from, to: offset + (/^\w*/.exec(source.slice(offset))?.[0].length ?? 0) };
  const typed = isWord ? token.text : '';
  if (before === '%') return { ...range, options: variables(questionnaire, linkId).filter(begins(typed)) };
  if (before === '.') return { ...range, options: [...MEMBERS, ...FUNCTIONS].map(wordCompletion).filter(begins(typed)) };
  const isEnd = before === undefined || !/^(?:[\w$)\]'`]|@)/.test(before.slice(-1)) || WORDS_BETWEEN.has(before);
  return isEnd ? { ...range, options: [...MEMBERS, ...STARTS].map(wordCompletion).filter(begins(typed)) } : none;
}

/** After these a new term begins. */
const WORDS_BETWEEN = new Set(['and', 'or', 'xor', 'implies', 'in', 'contains', 'div', 'mod', 'is', 'as']);

const begins =
  (typed: string) =>
  ({ insert }: Completion): boolean =>
    insert.toLowerCase().startsWith(typed.toLowerCase());

/** The whole literal is replaced, with what stands of it after the cursor. */
function linkIds(questionnaire: Questionnaire, source: string, { from, text }: Token): Completions {
  const end = from + text.length;
  const rest = /^(?:\\[\s\S]|[^'\\\n])*'/.exec(source.slice(end))?.[0].length ?? 0;
  const typed = text.slice(1).toLowerCase();
  const found = [...placedItems(questionnaire).values()]
    .filter(({ item }) => item.type !== 'display')
    .filter(({ item }) => item.linkId.toLowerCase().includes(typed) || item.text?.toLowerCase().includes(typed));
  const isFirst = (linkId: string): boolean => linkId.toLowerCase().startsWith(typed);
  return {
    from,
    to: end + rest,
    options: found
      .map(({ item }): Completion => ({ kind: 'link-id', insert: quoted(item.linkId), cursor: 0, text: labelTextOf(item) }))
      .sort((a, b) => Number(isFirst(b.insert.slice(1))) - Number(isFirst(a.insert.slice(1)))),
  };
}

/** Given by the specification (SDC, "FHIRPath Supplements"). */
const GIVEN = ['resource', 'context', 'questionnaire', 'qitem'];

/** The nearest first. */
function variables(questionnaire: Questionnaire, linkId: string | null): readonly Completion[] {
  const placed = placedItems(questionnaire);
  const around: QuestionnaireItem[] = [];
  for (let at = linkId; at !== null; at = placed.get(at)?.place.parent ?? null) {
    const item = placed.get(at)?.item;
    if (item) around.push(item);
  }
  const declared = [...around, questionnaire].flatMap((holder) => expressionsOf(holder).variables.map(({ name }) => name));
  const launched = (questionnaire.extension ?? []).flatMap(({ url, extension = [] }) =>
    url === EXTENSION.launchContext
      ? extension.flatMap((part) => (part.url === 'name' ? (part.valueCoding?.code ?? part.valueString ?? []) : []))
      : [],
  );
  const names = [...new Set([...declared, ...launched, ...GIVEN])];
  return names.map((name) => ({ kind: 'variable', insert: name, cursor: 0, text: null }));
}

function wordCompletion(word: string): Completion {
  const isCall = word.endsWith('()');
  const isBare = isCall && ['today()', 'now()', 'exists()', 'empty()', 'first()', 'last()', 'sum()', 'count()', 'not()'].includes(word);
  return { kind: isCall ? 'function' : 'member', insert: word, cursor: isCall && !isBare ? -1 : 0, text: null };
}

const isInComment = (text: string): boolean => {
  const open = text.replace(/'(?:\\[\s\S]|[^'\\])*'/g, '').replace(/\/\*[\s\S]*?\*\//g, '');
  return /\/\*/.test(open) || /\/\/[^\n]*$/.test(open);
};
