/**
 * What can become of a running instance that somebody has moved: the states ahead of it are explored as those of a definition are
 * before its release (`prove.ts`), from where it stands and with the values that it has. What the graph alone cannot tell (`ahead.ts`):
 * conditions, events that never come, and joins of every kind.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { Refusal } from '../refusal.ts';
import type { ElementInstance, ProcessState, SubscriptionState } from '../state.ts';
import { type Exploration, type Exploring, explore } from './explore.ts';
import { exploringOf, type Prover, proverOf } from './exploring.ts';
import { waitingPlaces } from './problems.ts';
import { rootOf } from './sources.ts';
import { stateKey } from './state-key.ts';
import { completionOf } from './stuck.ts';

export type Outlook =
  | { readonly kind: 'ends' }
  /** It can come to a state in which these wait in vain; the nearest such state. */
  | { readonly kind: 'stuck'; readonly elementIds: readonly string[] }
  /** More lies ahead than is looked at, or an incident has to be mended first. */
  | { readonly kind: 'unknown' };

/** Somebody waits for the answer. */
const STATES_MAX = 5_000;
const AT = '2026-01-05T01:00:00.000Z';

/** Of many instances most stand alike; one answer is good for all of them. */
const KNOWN_MAX = 1_000;

interface Prepared {
  readonly prover: Prover;
  readonly exploring: Exploring;
  readonly known: Map<string, Outlook>;
}

export class Outlooks {
  /** Lets a process that serves others have its turn. */
  readonly #pause: () => Promise<unknown>;
  readonly #prepared = new WeakMap<ProcessGraph, Map<string, Prepared>>();

  constructor(pause: () => Promise<unknown>) {
    this.#pause = pause;
  }

  async of(graph: ProcessGraph, state: ProcessState): Promise<Outlook> {
    if (state.status !== 'active') return { kind: 'ends' };
    if (Object.keys(state.incidents).length > 0) return { kind: 'unknown' };
    const { prover, exploring, known } = this.#prepare(graph, state.processId);
    const from = asExplored(prover, state);
    const key = stateKey(exploring.running.graph, from, exploring.liveness);
    const found = known.get(key);
    if (found) return found;
    const outlook = judged(graph, await this.#explored({ ...exploring, from }));
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(key, outlook);
    return outlook;
  }

  #prepare(graph: ProcessGraph, processId: string): Prepared {
    const ofGraph = this.#prepared.get(graph) ?? new Map<string, Prepared>();
    this.#prepared.set(graph, ofGraph);
    const found = ofGraph.get(processId);
    if (found) return found;
    // What a return may come to is looked at before a version is published, and when somebody returns.
    const prover = proverOf(graph, { facts: undefined, statesMax: STATES_MAX, takesBack: false });
    const prepared = { prover, exploring: exploringOf(prover, processId), known: new Map() };
    ofGraph.set(processId, prepared);
    return prepared;
  }

  async #explored(exploring: Exploring): Promise<Exploration> {
    const turns = explore(exploring);
    for (;;) {
      const turn = turns.next();
      if (turn.done) return turn.value;
      await this.#pause();
    }
  }
}

export interface Moved {
  readonly from: ProcessGraph;
  readonly before: ProcessState;
  /** Another graph where the instance was migrated. */
  readonly to: ProcessGraph;
  readonly after: ProcessState;
}

/** Would the move leave it where it can get stuck, although it could not before? */
export async function refuseStuck(outlooks: Outlooks, { from, before, to, after }: Moved): Promise<Refusal | null> {
  const outlook = await outlooks.of(to, after);
  if (outlook.kind !== 'stuck' || (await outlooks.of(from, before)).kind === 'stuck') return null;
  return { code: 'would-get-stuck', data: { elementIds: outlook.elementIds } };
}

function judged(graph: ProcessGraph, exploration: Exploration): Outlook {
  const { dead, circles } = completionOf(exploration);
  const [nearest] = [...dead, ...circles.flatMap(([first]) => first ?? [])].sort((a, b) => a - b);
  const stuck = nearest === undefined ? undefined : exploration.nodes[nearest]?.state;
  if (stuck) return { kind: 'stuck', elementIds: waitingPlaces(graph, stuck) };
  return exploration.isComplete ? { kind: 'ends' } : { kind: 'unknown' };
}

/** The state as the exploration would have come to it: without people and times, and of the variables those that conditions ask for. */
function asExplored({ domains }: Prover, state: ProcessState): ProcessState {
  const roots = new Set([...domains.keys()].map(rootOf));
  const { suspended: _suspended, ...going } = state;
  return {
    ...going,
    at: AT,
    elements: valuesOf(state.elements, (instance): ElementInstance => ({ ...instance, variables: picked(instance.variables, roots) })),
    tasks: valuesOf(state.tasks, ({ assignee: _assignee, deadline: _deadline, ...task }) => ({ ...task, candidates: [], excluded: [] })),
    timers: valuesOf(state.timers, (timer) => ({ ...timer, due: AT })),
    subscriptions: valuesOf(state.subscriptions, heardAnyTime),
    jobs: valuesOf(state.jobs, (job) => ({ ...job, variables: {} })),
    children: valuesOf(state.children, (child) => ({ ...child, variables: {} })),
    completers: {},
    carriedMs: {},
  };
}

/** A condition may become true at any time, and every message finds exactly the one that is meant. */
const heardAnyTime = ({ holds: _holds, senders: _senders, ...subscription }: SubscriptionState): SubscriptionState => ({
  ...subscription,
  ...(subscription.kind === 'condition' ? { kind: 'message' as const } : {}),
  correlationKey: subscription.effectId,
});

const picked = (variables: JsonObject, roots: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => roots.has(name)));

const valuesOf = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
