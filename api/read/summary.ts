/** What a flow says of an instance above its links: `summary` in its descriptor. */
import type { ItemAccess } from '#core/form/access/field-access.ts';
import type { Json } from '#core/json.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import { isObject } from '#core/process/variables.ts';
import { inLocale, type LocalizedText } from '#core/text.ts';
import type { Context } from '../operation.ts';
import type { SummaryView } from '../views.ts';
import type { LoadedInstance } from './instance.ts';
import { visibleFacts } from './visible-facts.ts';

type Value = SummaryView['facts'][number]['value'];

export async function summaryOf(
  context: Context,
  { descriptor, state }: Pick<LoadedInstance, 'descriptor' | 'state'>,
  guarded: ReadonlyMap<string, ItemAccess['reading']>,
): Promise<SummaryView | null> {
  const { summary } = descriptor;
  if (!summary) return null;
  const known = visibleFacts(state.elements[ROOT_KEY]?.variables ?? {}, guarded);
  const facts = await Promise.all(
    summary.facts.map(async (fact) => ({ name: fact.name, value: await said(context, fact, valueAt(known, fact.path)) })),
  );
  const shown = facts.flatMap(({ name, value }) => (value ? [{ name, value }] : []));
  return shown.length > 0 ? { title: summary.title, facts: shown } : null;
}

type Fact = NonNullable<LoadedInstance['descriptor']['summary']>['facts'][number];

async function said({ runtime: { directory } }: Context, { is, words }: Fact, value: Json): Promise<Value | null> {
  if (is === 'coded' && Array.isArray(value)) return listed(value.map((code) => words?.[String(code)] ?? { 'zh-CN': String(code) }));
  if (typeof value !== 'string') return null;
  switch (is) {
    case 'time':
      return { is: 'time', at: value };
    case 'organisation': {
      const { name, nameEn } = await directory.organisation(value);
      return { is: 'words', words: { 'zh-CN': name, en: nameEn } };
    }
    case 'department': {
      const found = await directory.reference('department', value);
      return found && { is: 'words', words: { 'zh-CN': found.display, en: found.displayEn } };
    }
    case 'coded':
      return { is: 'words', words: words?.[value] ?? { 'zh-CN': value } };
    case 'text':
      return { is: 'words', words: { 'zh-CN': value } };
  }
}

/** Several codes of one fact; null for none. */
const listed = (words: readonly LocalizedText[]): Value | null =>
  words.length === 0
    ? null
    : {
        is: 'words',
        words: {
          'zh-CN': words.map((each) => inLocale(each, 'zh-CN')).join('、'),
          en: words.map((each) => inLocale(each, 'en')).join(', '),
        },
      };

/** Null where there is nothing at the path. */
export const valueAt = (variables: Json, path: string): Json => path.split('.').reduce<Json>(memberOf, variables);

const memberOf = (value: Json, name: string): Json => (isObject(value) ? (value[name] ?? null) : null);
