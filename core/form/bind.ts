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
  readonly strays: readonly { readonly path: string; readonly source: ResponseItem }[];
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

export function bindResponse(questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): Container {
  let order = 0;

  const bindContainer = (
    path: string,
    owner: BoundItem | null,
    source: ResponseItem | ResponseAnswer | null,
    definitions: readonly QuestionnaireItem[],
    present: readonly ResponseItem[],
  ): Container => {
    const byLinkId = groupByLinkId(present);
    const items: BoundItem[] = [];
    const strays: { path: string; source: ResponseItem }[] = [];
    const container: Container = { path, owner, source, items, strays };
    for (const item of definitions) {
      items.push(bindItem(container, item, byLinkId.get(item.linkId) ?? []));
      byLinkId.delete(item.linkId);
    }
    for (const [linkId, sources] of byLinkId) {
      for (const stray of sources) strays.push({ path: itemPath(path, linkId), source: stray });
    }
    return container;
  };

  const bindItem = (container: Container, item: QuestionnaireItem, sources: readonly ResponseItem[]): BoundItem => {
    const path = itemPath(container.path, item.linkId);
    const instances: Container[] = [];
    const answers: BoundAnswer[] = [];
    const bound: BoundItem = { item, path, container, order: order++, sources, instances, answers };
    const children = item.item ?? [];
    if (item.type === 'group') {
      const present = item.repeats ? sources : [mergeOf(sources)];
      present.forEach((source, index) => {
        const at = item.repeats ? instancePath(path, index) : path;
        instances.push(bindContainer(at, bound, source, children, source?.item ?? []));
      });
    } else if (item.type !== 'display') {
      const given = sources.flatMap((source) => source.answer ?? []).filter((answer) => valueKindOf(answer) !== null);
      given.forEach((answer, index) => {
        const at = answerPath(path, index);
        answers.push({ path: at, answer, nested: bindContainer(at, bound, answer, children, answer.item ?? []) });
      });
    }
    return bound;
  };

  return bindContainer(ROOT_PATH, null, null, questionnaire.item ?? [], response.item ?? []);
}

function groupByLinkId(items: readonly ResponseItem[]): Map<string, ResponseItem[]> {
  const groups = new Map<string, ResponseItem[]>();
  for (const item of items) {
    const group = groups.get(item.linkId);
    if (group) group.push(item);
    else groups.set(item.linkId, [item]);
  }
  return groups;
}

/** A group that does not repeat but came twice is refused elsewhere; until then its parts count together. */
function mergeOf(sources: readonly ResponseItem[]): ResponseItem | null {
  const [first, ...others] = sources;
  if (!first) return null;
  return others.length === 0 ? first : { ...first, item: sources.flatMap((source) => source.item ?? []) };
}

/** Every item of the tree in document order. */
export function* itemsIn(container: Container): Generator<BoundItem> {
  for (const bound of container.items) {
    yield bound;
    for (const instance of bound.instances) yield* itemsIn(instance);
    for (const answer of bound.answers) yield* itemsIn(answer.nested);
  }
}

export const hasAnswers = (container: Container): boolean => {
  for (const bound of itemsIn(container)) if (bound.answers.length > 0) return true;
  return false;
};
