/**
 * The closed-loop rule: after anything was executed, no path comes to a closed end without the evaluation by both sides and a quality
 * control, and nothing is dispatched past the review. Found by following what is still owed along every path until nothing changes any more:
 * a meeting of alternatives owes what any of them owes, a joining of parallel branches owes what none of them has settled.
 */
import {
  type BoundaryEvent,
  type EndEvent,
  endsProcess,
  type GraphElement,
  insideOf,
  isEventSubProcess,
  isScope,
  type ProcessGraph,
  type SubProcess,
  triggerOf,
} from '../graph.ts';
import type { Report } from '../report.ts';
import { boundariesOf, elementsOf, entriesOf, linkedFrom, reach, scopesOf, successors } from './walk.ts';

const DEBTS = ['executor', 'applicant', 'quality'] as const;
type Debt = (typeof DEBTS)[number];

/** Nothing was executed yet; settled since the last execution; still owed. In this order the worse wins. */
type Standing = 'none' | 'settled' | 'owed';
type Standings = Readonly<Record<Debt, Standing>>;

export function checkClosedLoop(graph: ProcessGraph, report: Report): void {
  for (const processId of Object.keys(graph.processes)) {
    const elements = elementsOf(graph).filter((element) => element.processId === processId);
    if (!elements.some(({ phase }) => phase !== undefined)) continue;
    checkEnds(graph, elements, report);
    checkDispatch(graph, elements, report);
  }
}

function checkEnds(graph: ProcessGraph, elements: readonly GraphElement[], report: Report): void {
  const main = mainPath(graph, elements);
  const standings = follow(graph, elements, main);
  const executing = elements.filter(({ phase }) => phase === 'execute').map(({ id }) => id);
  for (const end of elements) {
    if (end.elementType !== 'endEvent' || !endsProcess(graph, end) || !main.has(end.id)) continue;
    if (end.result !== undefined && end.result !== 'closed') continue;
    if (end.result === 'closed' && !reportMissingLinks(elements, end, report)) continue;
    const owed = DEBTS.filter((debt) => standings.get(end.id)?.[debt] === 'owed');
    if (owed.length === 0) continue;
    report(end.id, 'closed-loop', {
      en: `An instance can end here after ${executing.join(', ')} without ${owed.map((debt) => EN[debt]).join(' and ')}. Lead every path through ${owed.length > 1 ? 'them' : 'it'}, or give this end another bihuan:result than closed.`,
      zh: `执行（${executing.join('、')}）之后可以不经${owed.map((debt) => ZH[debt]).join('、')}就在此结束。请让每条路径都经过，或为该结束设置 closed 以外的 bihuan:result。`,
    });
  }
}

const EN: Readonly<Record<Debt, string>> = {
  executor: "the executor's evaluation (bihuan:side executor)",
  applicant: "the applicant's evaluation (bihuan:side applicant)",
  quality: 'the quality control (bihuan:phase quality)',
};
const ZH: Readonly<Record<Debt, string>> = { executor: '执行方评价', applicant: '申请方评价', quality: '质控' };

/** The engine would never let it end: better to hear so before publishing. */
function reportMissingLinks(elements: readonly GraphElement[], end: EndEvent, report: Report): boolean {
  const missing = [
    ...(['execute', 'quality'] as const)
      .filter((phase) => !elements.some((element) => element.phase === phase))
      .map((phase) => `phase ${phase}`),
    ...(['executor', 'applicant'] as const)
      .filter((side) => !elements.some((element) => element.elementType === 'userTask' && element.side === side))
      .map((side) => `evaluation by the ${side} (bihuan:side)`),
  ];
  if (missing.length === 0) return true;
  report(end.id, 'closed-loop', {
    en: `The process can never end as closed: it has no ${missing.join(', no ')}. Add ${missing.length > 1 ? 'them' : 'it'}, or give this end another bihuan:result.`,
    zh: `流程永远无法以 closed 结束：缺少 ${missing.join('、')}。请补充，或更改该结束的 bihuan:result。`,
  });
  return false;
}

/**
 * Beside the main path runs what boundary events start without interrupting. Its ends do not decide how the scope ends; the main path,
 * which goes on meanwhile, must close by itself.
 */
function mainPath(graph: ProcessGraph, elements: readonly GraphElement[]): ReadonlySet<string> {
  const [first] = elements;
  const beginnings = first ? beginningsOf(graph, first.processId) : [];
  return reach(beginnings, (element) => [
    ...successors(graph, element).filter((next) => next.elementType !== 'boundaryEvent' || (next.isInterrupting && !isCompensation(next))),
    ...(isScope(element) ? beginningsOf(graph, element.id) : []),
  ]);
}

/** What compensates comes back to where it was thrown, and is no end of its scope. */
const isCompensation = ({ event }: BoundaryEvent): boolean => event.kind === 'compensation';

/** Where a scope begins, and where what interrupts it does: both lead to its end. */
const beginningsOf = (graph: ProcessGraph, scopeId: string): readonly GraphElement[] =>
  scopesOf(graph)
    .filter(({ id }) => id === scopeId)
    .flatMap((scope) => entriesOf(graph, scope))
    .flatMap((element) => (isEventSubProcess(element) ? interruptingStart(graph, element) : [element]));

function interruptingStart(graph: ProcessGraph, element: SubProcess): readonly GraphElement[] {
  const start = triggerOf(graph, element);
  return start?.isInterrupting ? [start] : [];
}

const NOTHING: Standings = { executor: 'none', applicant: 'none', quality: 'none' };
const ALL_OWED: Standings = { executor: 'owed', applicant: 'owed', quality: 'owed' };

/** What is owed on entering each element. */
function follow(graph: ProcessGraph, elements: readonly GraphElement[], main: ReadonlySet<string>): ReadonlyMap<string, Standings> {
  const entry = new Map<string, Standings>();
  const exit = new Map<string, Standings>();
  const linkedTo = new Map(elements.flatMap((element) => linkedFrom(graph, element).map((target) => [target.id, element.id] as const)));
  // Every round carries what is known one element further; the bound only guards against a rule that never settles.
  for (let round = 0, isChanged = true; isChanged && round < elements.length * 4 + 8; round += 1) {
    isChanged = false;
    for (const element of elements) {
      const before = entering(graph, element, { entry, exit, linkedTo });
      if (!before) continue;
      const after = leaving(graph, element, before, { exit, main });
      isChanged ||= !isSame(entry.get(element.id), before) || !isSame(exit.get(element.id), after);
      entry.set(element.id, before);
      if (after) exit.set(element.id, after);
    }
  }
  return entry;
}

interface Known {
  readonly entry: ReadonlyMap<string, Standings>;
  readonly exit: ReadonlyMap<string, Standings>;
  readonly linkedTo: ReadonlyMap<string, string>;
}

function entering(graph: ProcessGraph, element: GraphElement, { entry, exit, linkedTo }: Known): Standings | undefined {
  const parent = element.parentId === null ? undefined : graph.elements[element.parentId];
  if (element.elementType === 'startEvent') {
    if (isEventSubProcess(parent)) return element.isInterrupting ? interruptedScope(graph, parent, entry) : NOTHING;
    return parent ? entry.get(parent.id) : NOTHING;
  }
  if (element.elementType === 'boundaryEvent') {
    if (!element.isInterrupting) return NOTHING;
    const attached = graph.elements[element.attachedToId];
    return attached && interrupted(graph, attached, entry);
  }
  const link = linkedTo.get(element.id);
  const sources = link === undefined ? element.incoming.map((flowId) => graph.flows[flowId]?.sourceId ?? '') : [link];
  const known = sources.flatMap((id) => exit.get(id) ?? []);
  if (sources.length === 0) return parent ? entry.get(parent.id) : NOTHING;
  if (known.length === 0) return undefined;
  return element.elementType === 'parallelGateway' ? known.reduce(joined) : known.reduce(worse);
}

/** What interrupts the scope around an event sub-process can do so anywhere in it. */
function interruptedScope(
  graph: ProcessGraph,
  { parentId, processId }: SubProcess,
  entry: ReadonlyMap<string, Standings>,
): Standings | undefined {
  const around = parentId === null ? undefined : graph.elements[parentId];
  if (around) return interrupted(graph, around, entry);
  const states = elementsOf(graph)
    .filter((element) => element.processId === processId && !isInEventSubProcess(graph, element))
    .flatMap((element) => (element.phase === 'execute' && entry.has(element.id) ? [ALL_OWED] : (entry.get(element.id) ?? [])));
  return states.reduce(worse, NOTHING);
}

function isInEventSubProcess(graph: ProcessGraph, element: GraphElement): boolean {
  for (let at: GraphElement | undefined = element; at; at = graph.elements[at.parentId ?? '']) if (isEventSubProcess(at)) return true;
  return false;
}

/** It can be interrupted anywhere inside, and an interrupted execution was begun. */
function interrupted(graph: ProcessGraph, attached: GraphElement, entry: ReadonlyMap<string, Standings>): Standings | undefined {
  const before = entry.get(attached.id);
  if (!before || attached.phase === 'execute') return before && ALL_OWED;
  const inside = elementsOf(graph).filter((element) => isInside(graph, element, attached.id));
  const states = inside.flatMap((element) => (element.phase === 'execute' ? [ALL_OWED] : (entry.get(element.id) ?? [])));
  return states.reduce(worse, before);
}

function isInside(graph: ProcessGraph, element: GraphElement, scopeId: string): boolean {
  for (let at = element.parentId; at !== null; at = graph.elements[at]?.parentId ?? null) if (at === scopeId) return true;
  return false;
}

function leaving(
  graph: ProcessGraph,
  element: GraphElement,
  before: Standings,
  { exit, main }: { readonly exit: ReadonlyMap<string, Standings>; readonly main: ReadonlySet<string> },
): Standings | undefined {
  const through = isScope(element) ? endedInside(graph, element.elementIds, { exit, main }) : before;
  if (!through) return undefined;
  if (element.phase === 'execute') return ALL_OWED;
  const settle = (debt: Debt, isDone: boolean): Standing => (isDone && through[debt] === 'owed' ? 'settled' : through[debt]);
  const side = element.elementType === 'userTask' ? element.side : undefined;
  return {
    executor: settle('executor', side === 'executor'),
    applicant: settle('applicant', side === 'applicant'),
    quality: settle('quality', element.phase === 'quality'),
  };
}

/** What is owed when a sub-process ends: at the worst of its ends on the main path. An error end leaves by a boundary event instead. */
function endedInside(
  graph: ProcessGraph,
  elementIds: readonly string[],
  { exit, main }: { readonly exit: ReadonlyMap<string, Standings>; readonly main: ReadonlySet<string> },
): Standings | undefined {
  const ends = elementIds
    .flatMap((id) => graph.elements[id] ?? [])
    .flatMap((element) => (isEventSubProcess(element) ? insideOf(graph, element.id) : [element]))
    .filter((element) => element.outgoing.length === 0 && !(element.elementType === 'endEvent' && element.event.kind === 'error'));
  const isMain = ends.some(({ id }) => main.has(id));
  const known = ends.filter(({ id }) => !isMain || main.has(id)).flatMap(({ id }) => exit.get(id) ?? []);
  return known.length === 0 ? undefined : known.reduce(worse);
}

const RANK: Readonly<Record<Standing, number>> = { none: 0, settled: 1, owed: 2 };

const combine = (left: Standings, right: Standings, choose: (left: Standing, right: Standing) => Standing): Standings => ({
  executor: choose(left.executor, right.executor),
  applicant: choose(left.applicant, right.applicant),
  quality: choose(left.quality, right.quality),
});

const worse = (left: Standings, right: Standings): Standings => combine(left, right, (a, b) => (RANK[a] >= RANK[b] ? a : b));

const joined = (left: Standings, right: Standings): Standings =>
  combine(left, right, (a, b) => (a === 'settled' || b === 'settled' ? 'settled' : RANK[a] >= RANK[b] ? a : b));

const isSame = (left: Standings | undefined, right: Standings | undefined): boolean =>
  left === right || (left !== undefined && right !== undefined && DEBTS.every((debt) => left[debt] === right[debt]));

/** Nothing is dispatched past the review: by default never; by a condition only where a review follows, as for an emergency. */
function checkDispatch(graph: ProcessGraph, elements: readonly GraphElement[], report: Report): void {
  const byDefault = reachedUnreviewed(graph, elements, (flowId) => graph.flows[flowId]?.condition === undefined);
  const byCondition = reachedUnreviewed(graph, elements, () => true);
  for (const element of elements) {
    const { id, phase } = element;
    if (phase !== 'dispatch' || !byCondition.has(id)) continue;
    const isDefault = byDefault.has(id);
    if (!isDefault && isReviewedAfterwards(graph, element)) continue;
    report(
      id,
      'dispatch-after-review',
      {
        en: isDefault
          ? 'It can be dispatched without a review. Lead every path to it through a task of phase review.'
          : 'A condition lets it be dispatched without a review. Make sure that this is meant, and that a review follows.',
        zh: isDefault
          ? '可以不经审核就派送，请让每条路径都先经过审核环节。'
          : '有条件分支可以不经审核就派送，请确认确有必要，并在事后补审。',
      },
      isDefault ? 'error' : 'warning',
    );
  }
}

/** Also further out: what follows a sub-process follows what is inside it. */
function isReviewedAfterwards(graph: ProcessGraph, element: GraphElement): boolean {
  for (let at: GraphElement | undefined = element; at; at = at.parentId === null ? undefined : graph.elements[at.parentId]) {
    const after = reach([at], (each) => successors(graph, each));
    if ([...after].some((id) => id !== element.id && isReviewTask(graph.elements[id]))) return true;
  }
  return false;
}

const isReviewTask = (element: GraphElement | undefined): boolean => element?.elementType === 'userTask' && element.phase === 'review';

/** Up to the first dispatch of each way: what follows one was dispatched already. */
function reachedUnreviewed(
  graph: ProcessGraph,
  elements: readonly GraphElement[],
  isAllowed: (flowId: string) => boolean,
): ReadonlySet<string> {
  const inside = (element: GraphElement): readonly GraphElement[] => (isScope(element) ? beginningsOf(graph, element.id) : []);
  const next = (element: GraphElement): readonly GraphElement[] => {
    // A review that was left by a boundary event did not take place, so that way goes on unreviewed.
    if (element.phase === 'dispatch') return [];
    if (isReviewTask(element)) return boundariesOf(graph, element);
    const left = isScope(element) ? [] : after(element);
    return [...left, ...linkedFrom(graph, element), ...boundariesOf(graph, element), ...inside(element)];
  };
  const targets = (element: GraphElement): readonly GraphElement[] =>
    element.outgoing.filter(isAllowed).flatMap((flowId) => graph.elements[graph.flows[flowId]?.targetId ?? ''] ?? []);
  /** What follows a sub-process is reached from its ends: all of them may lie behind a review. */
  const after = (element: GraphElement): readonly GraphElement[] => {
    const isEnd = element.outgoing.length === 0 && element.elementType !== 'boundaryEvent';
    const isError = element.elementType === 'endEvent' && element.event.kind === 'error';
    const around = isEnd && !isError && element.parentId !== null ? graph.elements[element.parentId] : undefined;
    return around ? after(around) : targets(element);
  };
  const [first] = elements;
  return reach(first ? beginningsOf(graph, first.processId) : [], next);
}
