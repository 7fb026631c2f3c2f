/** What must hold at one point of a scenario. The first thing that does not ends it. */
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { ProcessEvent } from './event.ts';
import type { Expectation } from './scenario.ts';
import { BrokenScenario, memberOf, openElements, type Play, principalsOf } from './scenario-play.ts';
import type { ProcessState, TaskState } from './state.ts';

export function checkExpectation(play: Play, expected: Expectation): void {
  const { state } = play;
  if (!state) throw new BrokenScenario('Nothing has begun.');
  const recent = play.events.slice(play.seen);
  play.seen = play.events.length;
  if (expected.open) checkOpen(play, expected.open);
  if (expected.phases) same('The links entered', Object.keys(state.phases).sort(), [...expected.phases].sort());
  if (expected.result !== undefined) same('The result', state.status === 'active' ? 'still open' : (state.result ?? null), expected.result);
  for (const [name, value] of Object.entries(expected.variables ?? {})) same(`Variable ${name}`, variableOf(state, name), value);
  if (expected.told) checkTold(play, recent, expected.told);
  for (const [elementId, times] of Object.entries(expected.reminded ?? {}))
    same(`Reminders of ${elementId}`, count(recent, elementId), times);
  for (const [elementId, whom] of Object.entries(expected.escalated ?? {})) checkEscalated(recent, elementId, whom);
  for (const [name, codes] of Object.entries(expected.actions ?? {})) {
    same(`What ${name} may send`, actionsOf(state, principalsOf(memberOf(play, name))), [...codes].sort());
  }
}

function checkOpen(play: Play, expected: NonNullable<Expectation['open']>): void {
  const wanted = expected.map((entry) => (typeof entry === 'string' ? { element: entry } : entry));
  same('Open tasks', openElements(play), wanted.map(({ element }) => element).sort());
  const left: TaskState[] = Object.values(play.state?.tasks ?? {});
  for (const { element, candidates, assignee, due, overdue } of wanted) {
    const ofElement = left.filter(({ elementId }) => elementId === element);
    const index = left.indexOf(ofElement.find((task) => task.assignee === assignee) ?? ofElement[0] ?? ({} as TaskState));
    const [task] = left.splice(index, 1);
    if (!task) continue;
    if (candidates) same(`Candidates of ${element}`, [...task.candidates].sort(), [...candidates].sort());
    if (assignee !== undefined) same(`Assignee of ${element}`, task.assignee ?? null, assignee);
    if (overdue !== undefined) same(`Is ${element} overdue`, task.overdue, overdue);
    if (due !== undefined) same(`Due time of ${element}`, task.deadline?.due ?? null, new Date(due).toISOString());
  }
}

function checkTold(play: Play, recent: readonly ProcessEvent[], expected: NonNullable<Expectation['told']>): void {
  const told = recent.flatMap((event) => announcementOf(play, event));
  for (const { what, whom } of expected) {
    const found = told.find((each) => each.what === what);
    if (!found)
      throw new BrokenScenario(`${what} was not announced; announced were ${told.map((each) => each.what).join(', ') || 'none'}.`);
    for (const principal of whom ?? []) {
      if (!found.whom.includes(principal)) throw new BrokenScenario(`${what} went to ${found.whom.join(', ')}, not to ${principal}.`);
    }
  }
}

/** As the door reads `bihuan:announce` and `bihuan:announceTo`. */
function announcementOf({ world, state, at }: Play, event: ProcessEvent): readonly { what: string; whom: readonly string[] }[] {
  if (event.type !== 'element.completed' || !state) return [];
  const properties = world.graph.elements[event.elementId]?.properties ?? {};
  const [what, to] = [properties['bihuan:announce'], properties['bihuan:announceTo']];
  if (!what || !to) return [];
  const result = evaluateFeel(to.replace(/^=/, ''), variablesOf(state), { at, zone: world.stage.zone });
  if (!result.ok) throw new BrokenScenario(result.message);
  return [{ what, whom: Array.isArray(result.value) ? result.value.map(String) : [] }];
}

const count = (events: readonly ProcessEvent[], elementId: string): number =>
  events.filter((event) => event.type === 'task.reminded' && event.elementId === elementId).length;

function checkEscalated(recent: readonly ProcessEvent[], elementId: string, whom: readonly string[]): void {
  const overdue = recent.find((event) => event.type === 'task.overdue' && event.elementId === elementId);
  if (overdue?.type !== 'task.overdue') throw new BrokenScenario(`${elementId} did not become overdue.`);
  same(`Escalation of ${elementId}`, [...overdue.escalatedTo].sort(), [...whom].sort());
}

function actionsOf(state: ProcessState, principals: readonly string[]): readonly string[] {
  const offered = Object.values(state.subscriptions).filter(({ senders }) => senders?.some((sender) => principals.includes(sender)));
  return [...new Set(offered.map(({ actionCode }) => actionCode ?? ''))].sort();
}

/** Of all scopes; an outer one wins, since expectations speak of the instance. */
function variablesOf(state: ProcessState): JsonObject {
  const inner = Object.values(state.elements).sort((a, b) => b.key - a.key);
  return Object.assign({}, ...inner.map(({ variables }) => variables));
}

/** `review.outcome` reads into an object. */
function variableOf(state: ProcessState, path: string): Json {
  let value: Json | undefined = variablesOf(state);
  for (const name of path.split('.')) {
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined;
  }
  return value ?? null;
}

function same(what: string, actual: Json, expected: Json): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new BrokenScenario(`${what}: ${got} instead of ${wanted}.`);
}
