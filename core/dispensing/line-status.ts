/**
 * Where each line of a prescription stands between the prescriber and the patient, which changes are legal, and which FHIR `Task.status` may
 * be told of it: a status that ends a line goes with a completed or failed task only, one on the way with a task in progress only (after the
 * dispensing status updates of NHS EPS, HL7 FHIR R4 Task). Pure: no clock, and nothing about elements of a diagram.
 */

/** Status → what it may become. One that may become nothing ends the line. */
export const LINE_STATUSES = {
  /** Being written or corrected; nothing may be prepared by it. */
  draft: ['prescribed', 'withdrawn', 'not-dispensed'],
  prescribed: ['in-review', 'withdrawn'],
  'in-review': ['draft', 'approved', 'refused', 'withdrawn'],
  approved: ['preparing', 'withdrawn'],
  preparing: ['prepared', 'counting-back', 'withdrawn'],
  prepared: ['ready', 'counting-back'],
  ready: ['ready-to-collect', 'dispatched'],
  'ready-to-collect': ['handed-over', 'counting-back'],
  dispatched: ['handed-over', 'ready-to-collect', 'counting-back'],
  /** Comes back from wherever it was; opened or not is not known yet. */
  'counting-back': ['restocked', 'destroyed', 'quarantined', 'missing'],
  /** Unopened, back in stock: the line may be prescribed, prepared or withdrawn anew. */
  restocked: ['draft', 'preparing', 'withdrawn', 'not-dispensed'],
  destroyed: ['draft', 'preparing', 'withdrawn', 'not-dispensed'],
  quarantined: ['draft', 'preparing', 'withdrawn', 'not-dispensed'],
  missing: ['draft', 'preparing', 'withdrawn', 'not-dispensed'],
  'handed-over': [],
  refused: [],
  'not-dispensed': [],
  withdrawn: [],
} as const satisfies Record<string, readonly string[]>;

export type LineStatus = keyof typeof LINE_STATUSES;

export const isLineStatus = (text: string): text is LineStatus => Object.hasOwn(LINE_STATUSES, text);

export const mayBecome = (from: LineStatus, to: LineStatus): boolean => (LINE_STATUSES[from] as readonly string[]).includes(to);

export type TaskStatus = 'requested' | 'accepted' | 'in-progress' | 'on-hold' | 'completed' | 'rejected' | 'cancelled' | 'failed';

/** Line status → the task statuses that may be told with it. */
export const TASK_STATUSES = {
  draft: ['requested', 'on-hold'],
  prescribed: ['requested'],
  'in-review': ['accepted', 'in-progress'],
  approved: ['accepted', 'in-progress'],
  preparing: ['in-progress'],
  prepared: ['in-progress'],
  ready: ['in-progress', 'completed'],
  'ready-to-collect': ['in-progress', 'completed'],
  dispatched: ['in-progress'],
  'counting-back': ['in-progress', 'on-hold'],
  restocked: ['in-progress', 'on-hold'],
  destroyed: ['in-progress', 'on-hold'],
  quarantined: ['in-progress', 'on-hold'],
  missing: ['in-progress', 'on-hold'],
  'handed-over': ['completed'],
  refused: ['rejected'],
  'not-dispensed': ['completed', 'failed'],
  withdrawn: ['cancelled'],
} as const satisfies Record<LineStatus, readonly TaskStatus[]>;

export const mayTell = (line: LineStatus, task: TaskStatus): boolean => (TASK_STATUSES[line] as readonly string[]).includes(task);

export interface LineChange {
  readonly from: LineStatus | null;
  readonly to: LineStatus;
  readonly task: TaskStatus;
  /** When it happened, and when it was told: UTC instants. */
  readonly at: string;
  readonly toldAt: string;
}

export type LineProblem = 'not-the-first' | 'illegal-change' | 'illegal-task-status' | 'in-the-future';

/** Clocks of two systems may differ by so much. */
const AHEAD_MS_MAX = 5 * 60_000;

/** What is wrong with a change as it is told; null where nothing is. The same status told again is no change and legal. */
export function problemOfChange({ from, to, task, at, toldAt }: LineChange): LineProblem | null {
  if (from === null && to !== 'draft' && to !== 'prescribed') return 'not-the-first';
  if (from !== null && from !== to && !mayBecome(from, to)) return 'illegal-change';
  if (!mayTell(to, task)) return 'illegal-task-status';
  return Date.parse(at) - Date.parse(toldAt) > AHEAD_MS_MAX ? 'in-the-future' : null;
}

/** Nothing opened is ever sold again. */
export function statusAfterCount({ isHere, isOpened, disposition }: CountedBack): LineStatus {
  if (!isHere) return 'missing';
  if (disposition === 'quarantine') return 'quarantined';
  return isOpened ? 'destroyed' : 'restocked';
}

export interface CountedBack {
  readonly isHere: boolean;
  readonly isOpened: boolean;
  readonly disposition: 'restock' | 'destroy' | 'quarantine' | null;
}
