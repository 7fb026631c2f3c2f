/**
 * A form made of others (SDC 8, modular questionnaires): where an item names a sub-questionnaire, its items stand instead; and it contains the value
 * sets beside it that it names. Done when a set is deployed, so that what is pinned is whole. A prefix (`variable` `linkIdPrefix` on the item or around it) goes before every link id of the part and
 * before those that its conditions ask for; its expressions name it.
 */
import { EXTENSION } from './extensions.ts';
import type { EnableWhen, Extension, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { containValueSets, freeId } from './terminology/contain.ts';
import type { TerminologyResource } from './terminology/resources.ts';

export type Assembled =
  | { readonly kind: 'assembled'; readonly questionnaire: Questionnaire }
  | {
      readonly kind: 'incomplete';
      readonly linkId: string;
      readonly canonical: string;
      readonly reason: IncompleteReason;
    };

/** `variable`: declared otherwise in the same place. `too-many`: parts of parts, each several times. */
type IncompleteReason = 'missing' | 'circle' | 'variable' | 'too-many';

/** More than any form has, and put together in no time. */
const PARTS_MAX = 1_000;

/** Gives the questionnaire of a canonical (`url|version`, the version as far as it is named). */
export type FindPart = (canonical: string) => Questionnaire | undefined;

/** `terminology`: the value sets and code systems that stand beside the form, for those of its items that name one. */
export function assemble(questionnaire: Questionnaire, find: FindPart, terminology: readonly TerminologyResource[] = []): Assembled {
  const whole = (made: Questionnaire): Assembled => ({ kind: 'assembled', questionnaire: containValueSets(made, terminology) });
  if (!hasParts(questionnaire.item)) return whole(questionnaire);
  const assembly = new Assembly(questionnaire, find);
  try {
    return whole(assembly.whole());
  } catch (error) {
    if (error instanceof Incomplete) return { kind: 'incomplete', linkId: error.linkId, canonical: error.canonical, reason: error.reason };
    throw error;
  }
}

const hasParts = (items: readonly QuestionnaireItem[] = []): boolean =>
  items.some((item) => partOf(item) !== undefined || hasParts(item.item));

const partOf = ({ extension = [] }: QuestionnaireItem): string | undefined =>
  extension.find(({ url }) => url === EXTENSION.subQuestionnaire)?.valueCanonical;

class Incomplete extends Error {
  constructor(
    readonly linkId: string,
    readonly canonical: string,
    readonly reason: IncompleteReason,
  ) {
    super(canonical);
  }
}

/** The parts around a part, the prefix that theirs come to, and the one that is declared around the item in its own questionnaire. */
interface Within {
  readonly parts: readonly string[];
  readonly prefix: string;
  readonly declared: string;
}

/** Items, and what their parts bring to the item in which they stand (or to the form). */
interface Made {
  readonly items: readonly QuestionnaireItem[];
  readonly brought: readonly Brought[];
}

interface Brought {
  readonly extension: Extension;
  /** The item that named the part. */
  readonly linkId: string;
  readonly canonical: string;
}

class Assembly {
  private readonly contained: TerminologyResource[];
  /** Of the whole: what parts were launched with, and which they are. */
  private readonly extensions: Extension[];
  private partCount = 0;

  constructor(
    private readonly root: Questionnaire,
    private readonly find: FindPart,
  ) {
    this.contained = [...(root.contained ?? [])];
    this.extensions = [...(root.extension ?? [])];
  }

  whole(): Questionnaire {
    const { items, brought } = this.itemsOf(this.root.item ?? [], { parts: [], prefix: '', declared: prefixOf(this.root) ?? '' });
    const extension = withBrought(this.extensions, brought);
    return {
      ...this.root,
      ...(this.contained.length > 0 ? { contained: this.contained } : {}),
      ...(extension.length > 0 ? { extension } : {}),
      item: items,
    };
  }

  private itemsOf(items: readonly QuestionnaireItem[], within: Within): Made {
    const made = items.map((item) => this.itemOf(item, { ...within, declared: prefixOf(item) ?? within.declared }));
    return { items: made.flatMap((each) => each.items), brought: made.flatMap((each) => each.brought) };
  }

  private itemOf(item: QuestionnaireItem, within: Within): Made {
    const canonical = partOf(item);
    if (canonical !== undefined) return this.partAt(item, canonical, within);
    if (!item.item) return { items: [item], brought: [] };
    const { items, brought } = this.itemsOf(item.item, within);
    const extension = brought.length > 0 ? { extension: withBrought(item.extension ?? [], brought) } : {};
    return { items: [{ ...item, ...extension, item: items }], brought: [] };
  }

  private partAt({ linkId }: QuestionnaireItem, canonical: string, within: Within): Made {
    if (within.parts.includes(canonical)) throw new Incomplete(linkId, canonical, 'circle');
    const part = this.find(canonical);
    if (!part) throw new Incomplete(linkId, canonical, 'missing');
    this.partCount += 1;
    if (this.partCount > PARTS_MAX) throw new Incomplete(linkId, canonical, 'too-many');
    const renamed = this.take(part);
    const prefix = within.prefix + within.declared;
    const extensionsOf = (extensions: readonly Extension[]) => extensions.map((each) => changed(each, prefix, renamed));
    const change = (each: QuestionnaireItem): QuestionnaireItem => ({
      ...each,
      linkId: prefix + each.linkId,
      ...(each.extension ? { extension: extensionsOf(each.extension) } : {}),
      ...(each._text?.extension ? { _text: { ...each._text, extension: extensionsOf(each._text.extension) } } : {}),
      ...(each.enableWhen
        ? { enableWhen: each.enableWhen.map((when): EnableWhen => ({ ...when, question: prefix + when.question })) }
        : {}),
      ...(each.answerValueSet && renamed.has(each.answerValueSet) ? { answerValueSet: renamed.get(each.answerValueSet) ?? '' } : {}),
      ...(each.item ? { item: each.item.map(change) } : {}),
    });
    this.add((part.extension ?? []).filter(({ url }) => url === EXTENSION.launchContext));
    this.extensions.push({ url: EXTENSION.assembledFrom, valueCanonical: canonical });
    const brought = extensionsOf((part.extension ?? []).filter((each) => BROUGHT.has(each.url) && !isPrefix(each)));
    const inner = { parts: [...within.parts, canonical], prefix, declared: prefixOf(part) ?? '' };
    const made = this.itemsOf((part.item ?? []).map(change), inner);
    return { items: made.items, brought: [...brought.map((extension) => ({ extension, linkId, canonical })), ...made.brought] };
  }

  private add(extensions: readonly Extension[]): void {
    for (const extension of extensions) if (!this.extensions.some((other) => isSame(other, extension))) this.extensions.push(extension);
  }

  /** The part's value sets, under other ids where the whole has those already: old reference → new one. */
  private take(part: Questionnaire): ReadonlyMap<string, string> {
    const renamed = new Map<string, string>();
    for (const set of part.contained ?? []) {
      const same = this.contained.find((other) => JSON.stringify(other) === JSON.stringify(set));
      if (same) continue;
      const id = freeId(set.id ?? '', this.contained);
      if (id !== set.id) renamed.set(`#${set.id}`, `#${id}`);
      this.contained.push({ ...set, id });
    }
    return renamed;
  }
}

/** What holds where the part stands (SDC, modular questionnaires). */
const BROUGHT: ReadonlySet<string> = new Set([EXTENSION.variable, EXTENSION.constraint, EXTENSION.targetConstraint]);

const isSame = (one: Extension, other: Extension): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A variable is declared once in one place. */
function withBrought(own: readonly Extension[], brought: readonly Brought[]): readonly Extension[] {
  const all = [...own];
  for (const { extension, linkId, canonical } of brought) {
    if (all.some((other) => isSame(other, extension))) continue;
    const name = extension.url === EXTENSION.variable ? extension.valueExpression?.name : undefined;
    const isDeclared = all.some(({ url, valueExpression }) => url === EXTENSION.variable && valueExpression?.name === name);
    if (name !== undefined && isDeclared) throw new Incomplete(linkId, canonical, 'variable');
    all.push(extension);
  }
  return all;
}

/** With the prefix in the place of its name, and value sets of the part under the ids that they have now. */
function changed(extension: Extension, prefix: string, renamed: ReadonlyMap<string, string>): Extension {
  const { valueExpression, valueString, valueCanonical, valueUri } = extension;
  const stated = valueExpression?.expression;
  return {
    ...extension,
    ...(stated === undefined ? {} : { valueExpression: { ...valueExpression, expression: withPrefix(stated, prefix) } }),
    // Of constraints the expression is a text.
    ...(extension.url === 'expression' && valueString !== undefined ? { valueString: withPrefix(valueString, prefix) } : {}),
    ...(valueCanonical === undefined ? {} : { valueCanonical: renamed.get(valueCanonical) ?? valueCanonical }),
    ...(valueUri === undefined ? {} : { valueUri: renamed.get(valueUri) ?? valueUri }),
    ...(extension.extension ? { extension: extension.extension.map((each) => changed(each, prefix, renamed)) } : {}),
  };
}

/** What it is put before becomes one text with it, so that a link id is seen to be asked for. */
function withPrefix(expression: string, prefix: string): string {
  const quoted = prefix.replaceAll(/['\\]/g, '\\$&');
  return expression
    .replaceAll(/%(?:linkIdPrefix\b|`linkIdPrefix`)\s*[+&]\s*'/g, () => `'${quoted}`)
    .replaceAll(/%(?:linkIdPrefix\b|`linkIdPrefix`)/g, () => `'${quoted}'`);
}

const isPrefix = ({ url, valueExpression }: Extension): boolean => url === EXTENSION.variable && valueExpression?.name === 'linkIdPrefix';

/** The expression is a text in quotes. */
const prefixOf = ({ extension = [] }: Pick<QuestionnaireItem, 'extension'>): string | undefined =>
  /^\s*'(.*)'\s*$/.exec(extension.find(isPrefix)?.valueExpression?.expression ?? '')?.[1];

/** Finds among these, by url and, where it is named, version. */
export const partsAmong =
  (questionnaires: readonly Questionnaire[]): FindPart =>
  (canonical) => {
    const [url, version] = canonical.split('|');
    return questionnaires.find((each) => each.url === url && (version === undefined || each.version === version));
  };
