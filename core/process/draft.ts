/** A state under construction: its maps are its own; the entries in them are replaced, never changed. */
import type { ElementKey, ProcessEvent } from './event.ts';
import type { ElementInstance, ProcessState, TaskState } from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type MapNames =
  | 'elements'
  | 'tasks'
  | 'timers'
  | 'subscriptions'
  | 'jobs'
  | 'children'
  | 'incidents'
  | 'phases'
  | 'completers'
  | 'carriedMs';

/** A state under construction. */
export type Draft = Mutable<Omit<ProcessState, MapNames>> & { readonly [K in MapNames]: Mutable<ProcessState[K]> };

export type EventOf<T extends ProcessEvent['type']> = Extract<ProcessEvent, { type: T }>;

export function draftOf(state: ProcessState | null): Draft {
  if (state === null) return blank();
  // One after the other: engines are slow to replace many members in the literal of a copy.
  const draft: Mutable<ProcessState> = { ...state };
  draft.elements = { ...state.elements };
  draft.tasks = { ...state.tasks };
  draft.timers = { ...state.timers };
  draft.subscriptions = { ...state.subscriptions };
  draft.jobs = { ...state.jobs };
  draft.children = { ...state.children };
  draft.incidents = { ...state.incidents };
  draft.phases = { ...state.phases };
  draft.completers = { ...state.completers };
  draft.carriedMs = { ...state.carriedMs };
  return draft;
}

const blank = (): Draft => ({
  instanceId: '',
  processId: '',
  status: 'active',
  seq: 0,
  at: '',
  lastKey: 0,
  elements: {},
  tasks: {},
  timers: {},
  subscriptions: {},
  jobs: {},
  children: {},
  incidents: {},
  phases: {},
  completers: {},
  evaluatedSides: [],
  carriedMs: {},
  sealed: false,
});

export function changeElement(draft: Draft, key: ElementKey, change: (instance: ElementInstance) => ElementInstance): void {
  const instance = draft.elements[key];
  if (!instance) throw new Error(`No element lives under key ${key}.`);
  draft.elements[key] = change(instance);
}

export function changeTask(draft: Draft, taskId: string, change: (task: TaskState) => TaskState): void {
  const task = draft.tasks[taskId];
  if (!task) throw new Error(`Task ${taskId} is not open.`);
  draft.tasks[taskId] = change(task);
}
