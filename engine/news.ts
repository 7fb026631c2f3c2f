/** What a step tells other instances and what it waits for from them: a comparison of the states before and after it, and its events. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { instanceStartsOf } from '#core/process/life.ts';
import type { ProcessState, SubscriptionState } from '#core/process/state.ts';
import type { MessageStart, NewsChanges } from '#db/news.ts';
import { CONTEXT_VARIABLES } from './beginnings.ts';
import { sealJson } from './cipher.ts';
import { commandIdOf } from './command-id.ts';
import { matchOf } from './correlation.ts';
import type { DataKeys } from './data-keys.ts';
import type { DataKey } from './keys.ts';

export interface NewsStep {
  readonly graph: ProcessGraph;
  readonly before: ProcessState | null;
  readonly after: ProcessState;
  readonly events: readonly ProcessEvent[];
  /** The instance's: what it throws is encrypted like everything else that it says. */
  readonly key: DataKey;
  readonly consumedMessageId: string | null;
  readonly startedBy: MessageStart | null;
  readonly openedBy: string | null;
}

/** Null for most steps: they tell nobody anything. */
export async function newsChanges(step: NewsStep, keys: Pick<DataKeys, 'findOrCreate'>): Promise<NewsChanges | null> {
  const before = awaitedIn(step.before);
  const after = awaitedIn(step.after);
  const created = [...after.values()].filter(({ effectId }) => !before.has(effectId));
  const unsubscribed = [...before.keys()].filter((effectId) => !after.has(effectId));
  const thrown = step.events.flatMap((event, index) => (event.type === 'message.thrown' ? [{ event, index }] : []));
  const signals = step.events.flatMap((event, index) => (event.type === 'signal.thrown' ? [{ event, index }] : []));
  const endsStart = step.after.status !== 'active' && step.before?.status !== step.after.status && hasMessageStart(step.graph);
  const isNothing = created.length + unsubscribed.length + thrown.length + signals.length === 0;
  if (isNothing && !endsStart && step.consumedMessageId === null && step.startedBy === null && step.openedBy === null) return null;
  const idOf = (kind: 'message' | 'signal', index: number) => commandIdOf(kind, step.after.instanceId, step.after.seq, index);
  return {
    subscribed: await Promise.all(created.map((subscription) => subscriptionRow(subscription, keys))),
    unsubscribed,
    messages: await Promise.all(
      thrown.map(async ({ event: { messageName: name, correlationKey, variables, timeToLiveMs }, index }) => ({
        id: idOf('message', index),
        name,
        match: await matchOf(keys, { name, correlationKey }),
        is_keyed: correlationKey !== undefined,
        body: sealNews(step.key, variables).toString('hex'),
        ttl_ms: timeToLiveMs,
      })),
    ),
    signals: signals.map(({ event: { signalName: name, variables }, index }) => ({
      id: idOf('signal', index),
      name,
      body: sealNews(step.key, variables).toString('hex'),
      is_heard_here: [...after.values()].some((subscription) => subscription.kind === 'signal' && subscription.name === name),
    })),
    consumedMessageId: step.consumedMessageId,
    startedBy: step.startedBy,
    openedBy: step.openedBy,
    endsStart,
  };
}

/** Where the sender belongs is not the receiver's: it would change who may act there. */
export const sealNews = (key: DataKey, variables: JsonObject): Buffer =>
  sealJson(key, 'journal', Object.fromEntries(Object.entries(variables).filter(([name]) => !CONTEXT.has(name))));

const CONTEXT: ReadonlySet<string> = new Set(CONTEXT_VARIABLES);

/** Without what only a person may send (`bihuan:action`): that comes by a button, from whom the diagram names. */
function awaitedIn(state: ProcessState | null): ReadonlyMap<string, NewsSubscription> {
  const awaited = new Map<string, NewsSubscription>();
  if (state?.status !== 'active') return awaited;
  for (const subscription of Object.values(state.subscriptions)) {
    if (subscription.actionCode === undefined && isNews(subscription)) awaited.set(subscription.effectId, subscription);
  }
  return awaited;
}

/** Conditions are nobody's news. */
interface NewsSubscription extends SubscriptionState {
  readonly kind: 'message' | 'signal';
}

const isNews = (subscription: SubscriptionState): subscription is NewsSubscription => subscription.kind !== 'condition';

async function subscriptionRow(
  { effectId, kind, name, correlationKey }: NewsSubscription,
  keys: Pick<DataKeys, 'findOrCreate'>,
): Promise<NewsChanges['subscribed'][number]> {
  return { effect_id: effectId, kind, name, match: kind === 'message' ? await matchOf(keys, { name, correlationKey }) : null };
}

const hasMessageStart = (graph: ProcessGraph): boolean =>
  Object.keys(graph.processes).some((processId) => instanceStartsOf(graph, processId).some(({ event }) => event.kind === 'message'));
