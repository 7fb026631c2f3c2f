/** What `instance.migrated` does to a state: everything that stands there stands under the names of the other version. */
import type { Draft } from './draft.ts';
import type { ProcessEvent } from './event.ts';
import type { Compensable, ElementInstance } from './state.ts';

type Migrated = Extract<ProcessEvent, { type: 'instance.migrated' }>;

export function applyMigration(draft: Draft, { elements, flows }: Migrated): void {
  const named = (id: string): string => elements[id] ?? id;
  const flowed = (id: string): string => flows[id] ?? id;
  for (const instance of Object.values(draft.elements)) {
    // The process keeps its id: it is looked for by it.
    const elementId = instance.scopeKey === null ? instance.elementId : named(instance.elementId);
    draft.elements[instance.key] = { ...renamedInside(instance, named), elementId, tokens: renamedKeys(instance.tokens, flowed) };
  }
  for (const [id, task] of Object.entries(draft.tasks)) draft.tasks[id] = { ...task, elementId: named(task.elementId) };
  for (const [id, timer] of Object.entries(draft.timers)) draft.timers[id] = renamedWait(timer, draft.processId, named);
  for (const [id, wait] of Object.entries(draft.subscriptions)) draft.subscriptions[id] = renamedWait(wait, draft.processId, named);
  for (const [id, job] of Object.entries(draft.jobs)) draft.jobs[id] = { ...job, elementId: named(job.elementId) };
  for (const [id, child] of Object.entries(draft.children)) draft.children[id] = { ...child, elementId: named(child.elementId) };
  for (const [id, incident] of Object.entries(draft.incidents)) draft.incidents[id] = { ...incident, elementId: named(incident.elementId) };
  renameInPlace(draft.completers, named);
  renameInPlace(draft.carriedMs, named);
}

function renamedInside(instance: ElementInstance, named: (id: string) => string): ElementInstance {
  const { adHoc, compensable, activatedGateways } = instance;
  return {
    ...instance,
    ...(adHoc ? { adHoc: { ...adHoc, waiting: adHoc.waiting.map(named) } } : {}),
    ...(compensable ? { compensable: compensable.map((entry) => renamedCompensable(entry, named)) } : {}),
    ...(activatedGateways ? { activatedGateways: renamedKeys(activatedGateways, named) } : {}),
  };
}

const renamedCompensable = (entry: Compensable, named: (id: string) => string): Compensable => ({
  ...entry,
  elementId: named(entry.elementId),
  ...(entry.handlerId === undefined ? {} : { handlerId: named(entry.handlerId) }),
  ...(entry.inner ? { inner: entry.inner.map((each) => renamedCompensable(each, named)) } : {}),
});

const renamedWait = <T extends { readonly elementId: string; readonly targetId: string }>(
  wait: T,
  processId: string,
  named: (id: string) => string,
): T => ({ ...wait, elementId: wait.elementId === processId ? processId : named(wait.elementId), targetId: named(wait.targetId) });

const renamedKeys = <T>(entries: Readonly<Record<string, T>>, named: (id: string) => string): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([id, entry]) => [named(id), entry]));

function renameInPlace<T>(entries: Record<string, T>, named: (id: string) => string): void {
  const renamed = renamedKeys(entries, named);
  for (const id of Object.keys(entries)) delete entries[id];
  Object.assign(entries, renamed);
}
