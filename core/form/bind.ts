/**
 * Lays a response over its questionnaire: every item that could be shown, with its rows and answers. Enablement, validation, pruning, facts
 * and summaries all walk this one tree. What the response has and the questionnaire does not know is kept as strays.
 */
import { answerPath, instancePath, itemPath, ROOT_PATH } from './path.ts';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from './response.ts';
import { valueKindOf } from './value.ts';

/** The whole form, one instance of a group, or what stands below an answer. */
export interface Container {
  readonly path: string;
  /** Null for the whole form. */
  readonly owner: BoundItem | null;
  readonly source: ResponseItem | ResponseAnswer | null;
  readonly items: readonly BoundItem[];
  /** Items of the response that the questionnaire does not have here. */
  readonly strays: readonly Stray[];
}

interface Stray {
  readonly path: string;
  readonly source: ResponseItem;
}

export interface BoundItem {
  readonly item: QuestionnaireItem;
  readonly path: string;
  readonly container: Container;
  /** Position in the document. */
  readonly order: number;
  /** The response's items with this link id; more than one is right for a repeating group only. */
  readonly sources: readonly ResponseItem[];
  /** Of a group: its instances; one that does not repeat always has one. */
  readonly instances: readonly Container[];
  /** Of a question: its answers, without those that hold no value. */
  readonly answers: readonly BoundAnswer[];
}

export interface BoundAnswer {
  readonly path: string;
  readonly answer: ResponseAnswer;
  readonly nested: Container;
}

/** Told of what becomes another while a response takes the place of one before it. */
export interface BindingWatch {
  /** Other answers to a question, or other rows of a group. */
  readonly changed: (bound: BoundItem) => void;
  /** A row, or what stands below an answer, has come or goes. */
  readonly moved: (container: Container) => void;
}

export const bindResponse = (questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): Container =>
  Binding.of(questionnaire, response).root;

type Laid<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A bound tree that lives: another response is laid over the same places, and what is the same object as before is not looked at again. A place
 * is where it stands (`path.ts`), so a row that goes leaves its place to the next one.
 */
export class Binding {
  readonly root: Container;
  /** Every item in document order. */
  items: readonly BoundItem[] = [];
  /** The items with a link id, in document order. */
  occurrences: ReadonlyMap<string, readonly BoundItem[]> = new Map();
  /** Goes up when places come or go. */
  structure = 0;
  private isMoved = true;
  /** The items of the response that lie over a container. */
  private readonly present = new WeakMap<Container, readonly ResponseItem[]>();

  constructor(
    questionnaire: Questionnaire,
    private readonly watch: BindingWatch | null = null,
  ) {
    this.root = this.container(ROOT_PATH, null, questionnaire.item ?? []);
  }

  static of(questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): Binding {
    const binding = new Binding(questionnaire);
    binding.lay(response);
    return binding;
  }

  lay(response: Pick<QuestionnaireResponse, 'item'>): void {
    this.layOver(this.root, null, response.item ?? NONE);
    this.number();
  }

  /** Other answers to a question than the response gives, until the response gives others. */
  put(bound: BoundItem, answers: readonly ResponseAnswer[]): void {
    this.answer(bound, answers);
    this.number();
  }

  private container(path: string, owner: BoundItem | null, definitions: readonly QuestionnaireItem[]): Container {
    const items: BoundItem[] = [];
    const container: Container = { path, owner, source: null, items, strays: NONE };
    for (const item of definitions) items.push(this.item(container, item));
    return container;
  }

  private item(container: Container, item: QuestionnaireItem): BoundItem {
    const path = itemPath(container.path, item.linkId);
    const bound: Laid<BoundItem> = { item, path, container, order: 0, sources: NONE, instances: NONE, answers: NONE };
    if (item.type === 'group' && !item.repeats) bound.instances = [this.container(path, bound, item.item ?? [])];
    return bound;
  }

  private layOver(container: Laid<Container>, source: ResponseItem | ResponseAnswer | null, present: readonly ResponseItem[]): void {
    container.source = source;
    if ((this.present.get(container) ?? NONE) === present) return;
    this.present.set(container, present);
    const byLinkId = groupByLinkId(present);
    for (const bound of container.items) {
      this.layItem(bound, byLinkId.get(bound.item.linkId) ?? NONE);
      byLinkId.delete(bound.item.linkId);
    }
    container.strays = strays(container.path, byLinkId);
  }

  private layItem(bound: Laid<BoundItem>, sources: readonly ResponseItem[]): void {
    if (isSameList(bound.sources, sources)) return;
    const isSaidOtherwise = JSON.stringify(bound.sources.map(headOf)) !== JSON.stringify(sources.map(headOf));
    bound.sources = sources;
    if (isSaidOtherwise) this.watch?.changed(bound);
    if (bound.item.type === 'group') this.rows(bound, bound.item.repeats ? sources : [mergeOf(sources)]);
    else if (bound.item.type !== 'display') this.answer(bound, givenAnswers(bound));
  }

  private rows(bound: Laid<BoundItem>, sources: readonly (ResponseItem | null)[]): void {
    const { instances, item, path } = bound;
    const laid = sources.map((_, index) => instances[index] ?? this.container(instancePath(path, index), bound, item.item ?? []));
    bound.instances = laid;
    laid.forEach((instance, index) => void this.layOver(instance, sources[index] ?? null, sources[index]?.item ?? NONE));
    if (laid.length !== instances.length) this.move([...laid.slice(instances.length), ...instances.slice(laid.length)], bound);
  }

  private answer(bound: Laid<BoundItem>, given: readonly ResponseAnswer[]): void {
    const { answers, item, path } = bound;
    if (answers.length === given.length && answers.every(({ answer }, index) => answer === given[index])) return;
    bound.answers = given.map((answer, index): BoundAnswer => {
      const before = answers[index];
      if (before?.answer === answer) return before;
      const at = answerPath(path, index);
      const nested = before?.nested ?? this.container(at, bound, item.item ?? []);
      this.layOver(nested, answer, answer.item ?? NONE);
      return { path: at, answer, nested };
    });
    const below = item.item ? [...bound.answers.slice(answers.length), ...answers.slice(bound.answers.length)] : NONE;
    this.move(
      below.map(({ nested }) => nested),
      bound,
    );
  }

  private move(containers: readonly Container[], bound: BoundItem): void {
    if (containers.length > 0) this.isMoved = true;
    for (const container of containers) this.watch?.moved(container);
    this.watch?.changed(bound);
  }

  private number(): void {
    if (!this.isMoved) return;
    this.isMoved = false;
    this.structure += 1;
    const items: readonly Laid<BoundItem>[] = itemsIn(this.root);
    const occurrences = new Map<string, BoundItem[]>();
    for (const [order, bound] of items.entries()) {
      bound.order = order;
      put(occurrences, bound.item.linkId, bound);
    }
    this.items = items;
    this.occurrences = occurrences;
  }
}

/** What an item of the response says beside its answers and the items below it: its words, its extensions. */
export function headOf(source: ResponseItem | ResponseAnswer | null | undefined): object {
  const { answer: _, item: __, ...head }: Partial<ResponseItem> = source ?? {};
  return head;
}

/** What the response answers to a question. */
export const givenAnswers = ({ sources }: BoundItem): readonly ResponseAnswer[] =>
  sources.flatMap(({ answer = NONE }) => answer).filter((answer) => valueKindOf(answer) !== null);

const NONE: readonly never[] = [];

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((each, index) => each === b[index]);

function put<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function groupByLinkId(items: readonly ResponseItem[]): Map<string, ResponseItem[]> {
  const groups = new Map<string, ResponseItem[]>();
  for (const item of items) put(groups, item.linkId, item);
  return groups;
}

const strays = (path: string, left: ReadonlyMap<string, readonly ResponseItem[]>): readonly Stray[] =>
  left.size === 0 ? NONE : [...left].flatMap(([linkId, sources]) => sources.map((source) => ({ path: itemPath(path, linkId), source })));

/** A group that does not repeat but came twice is refused elsewhere; until then its parts count together. */
function mergeOf(sources: readonly ResponseItem[]): ResponseItem | null {
  const [first, ...others] = sources;
  if (!first) return null;
  return others.length === 0 ? first : { ...first, item: sources.flatMap((source) => source.item ?? []) };
}

/** Every item of the tree in document order. */
export function itemsIn(container: Container): readonly BoundItem[] {
  const found: BoundItem[] = [];
  const visit = ({ items }: Container): void => {
    for (const bound of items) {
      found.push(bound);
      for (const instance of bound.instances) visit(instance);
      for (const answer of bound.answers) visit(answer.nested);
    }
  };
  visit(container);
  return found;
}

export const hasAnswers = ({ items }: Container): boolean =>
  items.some(({ answers, instances }) => answers.length > 0 || instances.some(hasAnswers));
