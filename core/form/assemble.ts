/**
 * A form made of others (SDC 8, modular questionnaires): where an item names a sub-questionnaire, its items stand instead; and it contains the value
 * sets beside it that it names. Done when a set is deployed, so that what is pinned is whole. A prefix (`variable` `linkIdPrefix` on the item) goes before every link id of the part and before those
 * that its conditions ask for.
 */
import { EXTENSION } from './extensions.ts';
import type { EnableWhen, Extension, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { containValueSets, freeId } from './terminology/contain.ts';
import type { TerminologyResource } from './terminology/resources.ts';

export type Assembled =
  | { readonly kind: 'assembled'; readonly questionnaire: Questionnaire }
  | { readonly kind: 'incomplete'; readonly linkId: string; readonly canonical: string; readonly reason: 'missing' | 'circle' };

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
    readonly reason: 'missing' | 'circle',
  ) {
    super(canonical);
  }
}

/** The parts around a part, and the prefix that theirs come to. */
interface Within {
  readonly parts: readonly string[];
  readonly prefix: string;
}

class Assembly {
  private readonly contained: TerminologyResource[];
  /** Of the whole: what parts were launched with, their variables, and which they are. */
  private readonly extensions: Extension[];

  constructor(
    private readonly root: Questionnaire,
    private readonly find: FindPart,
  ) {
    this.contained = [...(root.contained ?? [])];
    this.extensions = [...(root.extension ?? [])];
  }

  whole(): Questionnaire {
    const item = this.itemsOf(this.root.item ?? [], { parts: [], prefix: '' });
    return {
      ...this.root,
      ...(this.contained.length > 0 ? { contained: this.contained } : {}),
      ...(this.extensions.length > 0 ? { extension: this.extensions } : {}),
      item,
    };
  }

  private itemsOf(items: readonly QuestionnaireItem[], within: Within): readonly QuestionnaireItem[] {
    return items.flatMap((item): readonly QuestionnaireItem[] => {
      const canonical = partOf(item);
      if (canonical !== undefined) return this.partAt(item, canonical, within);
      return item.item ? [{ ...item, item: this.itemsOf(item.item, within) }] : [item];
    });
  }

  private partAt(item: QuestionnaireItem, canonical: string, within: Within): readonly QuestionnaireItem[] {
    if (within.parts.includes(canonical)) throw new Incomplete(item.linkId, canonical, 'circle');
    const part = this.find(canonical);
    if (!part) throw new Incomplete(item.linkId, canonical, 'missing');
    const renamed = this.take(part);
    for (const extension of part.extension ?? []) {
      const isKnown = this.extensions.some((other) => JSON.stringify(other) === JSON.stringify(extension));
      if (CARRIED.has(extension.url) && !isKnown) this.extensions.push(extension);
    }
    this.extensions.push({ url: EXTENSION.assembledFrom, valueCanonical: canonical });
    const prefix = within.prefix + prefixOf(item);
    const change = (each: QuestionnaireItem): QuestionnaireItem => ({
      ...each,
      linkId: prefix + each.linkId,
      ...(each.enableWhen
        ? { enableWhen: each.enableWhen.map((when): EnableWhen => ({ ...when, question: prefix + when.question })) }
        : {}),
      ...(each.answerValueSet && renamed.has(each.answerValueSet) ? { answerValueSet: renamed.get(each.answerValueSet) ?? '' } : {}),
      ...(each.item ? { item: each.item.map(change) } : {}),
    });
    return this.itemsOf((part.item ?? []).map(change), { parts: [...within.parts, canonical], prefix });
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

const CARRIED: ReadonlySet<string> = new Set([
  EXTENSION.launchContext,
  EXTENSION.variable,
  EXTENSION.constraint,
  EXTENSION.targetConstraint,
]);

/** The expression is a text in quotes. */
function prefixOf({ extension = [] }: QuestionnaireItem): string {
  const variable = extension.find(({ url, valueExpression }) => url === EXTENSION.variable && valueExpression?.name === 'linkIdPrefix');
  return /^\s*'(.*)'\s*$/.exec(variable?.valueExpression?.expression ?? '')?.[1] ?? '';
}

/** Finds among these, by url and, where it is named, version. */
export const partsAmong =
  (questionnaires: readonly Questionnaire[]): FindPart =>
  (canonical) => {
    const [url, version] = canonical.split('|');
    return questionnaires.find((each) => each.url === url && (version === undefined || each.version === version));
  };
