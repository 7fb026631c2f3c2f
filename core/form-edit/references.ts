/**
 * Where a form names its own items: conditions and expressions. Expressions stand wherever FHIR puts one (extensions of items, texts, limits
 * and options, the form's own, contained templates), so the whole JSON is walked; what does not change stays the same object.
 */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { linkIdsAskedIn, quoted } from './expression-tokens.ts';
import { linkIdsIn } from './tree.ts';

/** Every condition and expression that names an old link id names the new one. Link ids of items stay. */
export function withReferences<T>(holder: T, renamed: ReadonlyMap<string, string>): T {
  return mapReferences(holder, (source) => renamed.get(source) ?? source);
}

export interface Use {
  /** The item that names it; null: the form. */
  readonly linkId: string | null;
  readonly kind: 'condition' | 'expression';
}

/** Who names an item: what to say before it is removed. */
export function usesOf(questionnaire: Questionnaire, linkIds: ReadonlySet<string>): readonly Use[] {
  const uses: Use[] = [];
  const note = (linkId: string | null, holder: unknown): void => {
    mapReferences(holder, (asked, kind) => {
      if (linkIds.has(asked) && !uses.some((use) => use.linkId === linkId && use.kind === kind)) uses.push({ linkId, kind });
      return asked;
    });
  };
  const visit = (items: Questionnaire['item'] = []): void => {
    for (const { item, ...own } of items) {
      note(own.linkId, own);
      visit(item);
    }
  };
  const { item, ...form } = questionnaire;
  note(null, form);
  visit(item);
  return uses;
}

/** Link ids that are named and not there. */
export function danglingIn(questionnaire: Questionnaire): readonly string[] {
  const known = new Set(linkIdsIn(questionnaire.item ?? []));
  const found = new Set<string>();
  mapReferences(questionnaire, (asked) => {
    if (!known.has(asked)) found.add(asked);
    return asked;
  });
  return [...found];
}

type Naming = (linkId: string, kind: Use['kind']) => string;

function mapReferences<T>(value: T, name: Naming, around: { readonly key: string; readonly url: unknown } = { key: '', url: '' }): T {
  // Each arm gives back what it was given, a string for a string and an object for an object.
  if (typeof value === 'string') return mapText(value, name, around) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const mapped = value.map((entry) => mapReferences(entry, name, around));
    return mapped.some((entry, index) => entry !== value[index]) ? (mapped as T) : value;
  }
  const url = 'url' in value ? value.url : '';
  // A member is called `question` in other places too; only a condition has it.
  const isCondition = around.key === 'enableWhen';
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => [
    key,
    isCondition && key === 'question' && typeof member === 'string' ? name(member, 'condition') : mapReferences(member, name, { key, url }),
  ]);
  return entries.some(([key, member]) => member !== Reflect.get(value, key)) ? (Object.fromEntries(entries) as T) : value;
}

function mapText(text: string, name: Naming, { key, url }: { readonly key: string; readonly url: unknown }): string {
  const isExpression = key === 'expression' || (key === 'valueString' && isExpressionUrl(url));
  if (!isExpression) return text;
  let [result, at] = ['', 0];
  for (const { linkId, from, to } of linkIdsAskedIn(text)) {
    const named = name(linkId, 'expression');
    // As it was written, where it stays: there are several ways to escape.
    result += text.slice(at, from) + (named === linkId ? text.slice(from, to) : quoted(named));
    at = to;
  }
  return result + text.slice(at);
}

/** Of a constraint, or of a template (SDC 4, `templateExtract…`), whose expressions are plain text. */
const isExpressionUrl = (url: unknown): boolean =>
  typeof url === 'string' && (url === 'expression' || /templateExtract(?:Context|Value)$/.test(url));
