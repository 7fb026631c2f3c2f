/**
 * The response as expressions see it: without answers of disabled items, and with the scores of options on the answers. Made when it is asked for;
 * what nobody has touched since then is the same object.
 */
import { type BoundItem, type Container, headOf } from '../bind.ts';
import { EXTENSION } from '../extensions.ts';
import { scoreOfAnswer } from '../options.ts';
import type { AnswerValue, Questionnaire } from '../questionnaire.ts';
import type { QuestionnaireResponse } from '../response.ts';
import { contentOf, type Part } from './reads.ts';

export interface SeenItem {
  readonly linkId: string;
  answer?: unknown[];
  item?: SeenItem[];
}

export interface Viewed {
  readonly questionnaire: Questionnaire;
  readonly root: Container;
  readonly occurrences: (linkId: string) => readonly BoundItem[];
  readonly isEnabled: (bound: BoundItem) => boolean;
}

export class View {
  private whole: { readonly resourceType: 'QuestionnaireResponse'; readonly item: SeenItem[] } | null = null;
  /** What the response says beside its items: who wrote it, when, how far it is. */
  private head: object = {};
  /** As it stands in the response; none where it is empty. */
  private readonly seen = new Map<BoundItem, SeenItem[]>();
  private readonly rows = new Map<Container, SeenItem>();
  private readonly found = new Map<Part, SeenItem[]>();

  constructor(private readonly of: Viewed) {}

  get response() {
    this.whole ??= { ...this.head, resourceType: 'QuestionnaireResponse', item: this.see(this.of.root) };
    return this.whole;
  }

  /** Of another response from now on; true where it says something else beside its items. */
  enter({ item: _, ...head }: Pick<QuestionnaireResponse, 'item'>): boolean {
    if (JSON.stringify(head) === JSON.stringify(this.head)) return false;
    this.head = head;
    this.whole = null;
    return true;
  }

  /** All items of a question or group. */
  lookUp(linkId: string): readonly SeenItem[] {
    const asked = contentOf(linkId);
    const found =
      this.found.get(asked) ?? this.of.occurrences(linkId).flatMap((bound) => (this.of.isEnabled(bound) ? this.item(bound) : []));
    this.found.set(asked, found);
    return found;
  }

  /** What stands at a place, also where it is empty. */
  at(bound: BoundItem): SeenItem {
    const empty: SeenItem = { linkId: bound.item.linkId };
    if (!this.of.isEnabled(bound)) return empty;
    const [row] = bound.instances;
    return row ? this.row(bound, row) : (this.item(bound)[0] ?? empty);
  }

  row({ item: { linkId } }: BoundItem, row: Container): SeenItem {
    const known = this.rows.get(row);
    if (known) return known;
    const items = this.see(row);
    const head = { ...headOf(row.source), linkId };
    const seen: SeenItem = items.length > 0 ? { ...head, item: items } : head;
    this.rows.set(row, seen);
    return seen;
  }

  /** Another answer, other rows, enabled or no longer: that is seen from everything around it as well. */
  forget(bound: BoundItem): void {
    for (const row of bound.instances) this.rows.delete(row);
    for (let at: BoundItem | null = bound; at; at = at.container.owner) {
      this.seen.delete(at);
      this.rows.delete(at.container);
    }
    this.whole = null;
  }

  forgetPart(part: Part): void {
    this.found.delete(part);
  }

  private see(container: Container): SeenItem[] {
    return container.items.flatMap((bound) => (this.of.isEnabled(bound) ? this.item(bound) : []));
  }

  private item(bound: BoundItem): SeenItem[] {
    const known = this.seen.get(bound);
    if (known) return known;
    const seen = this.make(bound);
    this.seen.set(bound, seen);
    return seen;
  }

  private make(bound: BoundItem): SeenItem[] {
    const { item, instances, answers } = bound;
    if (item.type === 'group') {
      const rows = instances.map((instance) => this.row(bound, instance));
      return item.repeats ? rows : rows.filter((row) => row.item !== undefined);
    }
    if (answers.length === 0) return [];
    const answer = answers.map(({ answer: given, nested }) => {
      const { item: _, ...value } = given;
      const items = this.see(nested);
      const shown = value.valueCoding ? withScore(value, scoreOfAnswer(this.of.questionnaire, item, given)) : value;
      return items.length > 0 ? { ...shown, item: items } : shown;
    });
    return [{ ...headOf(bound.sources[0]), linkId: item.linkId, answer }];
  }
}

/** Engines look for a score on the answer itself. */
function withScore(value: AnswerValue, score: number | undefined): object {
  if (score === undefined || !value.valueCoding) return value;
  const others = value.valueCoding.extension?.filter(({ url }) => url !== EXTENSION.itemWeight) ?? [];
  const weight = { url: EXTENSION.itemWeight, valueDecimal: score };
  return { ...value, valueCoding: { ...value.valueCoding, extension: [...others, weight] } };
}
