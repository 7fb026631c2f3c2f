/**
 * The compiled form of a deployed set (one BPMN file with its forms and decisions): small, immutable JSON, addressed by the
 * SHA-256 of its RFC 8785 form. The interpreter, the workflow, the checker and the diagram all read this and nothing else.
 * Parsing stands in `parse.ts`, lowering in `compile.ts`; both stay out of the workflow bundle.
 */
import type { CompiledDecision } from '#core/decision/compiled.ts';
import type { LocalizedText } from '#core/text.ts';

/** FEEL source without the leading `=`. */
export type Feel = string;

/** The nine links of the closed loop (R-ENG-01), as they appear in `bihuan:phase` and as update names in Temporal. */
export const PHASES = ['apply', 'review', 'dispatch', 'confirm', 'notify', 'prepare', 'execute', 'evaluate', 'quality'] as const;
export type Phase = (typeof PHASES)[number];

export interface ProcessGraph {
  readonly format: 1;
  /** The flow key: folder name and Temporal workflow type, for example `consult`. */
  readonly key: string;
  readonly name: LocalizedText;
  readonly processes: Readonly<Record<string, ProcessDefinition>>;
  readonly elements: Readonly<Record<string, GraphElement>>;
  readonly flows: Readonly<Record<string, SequenceFlow>>;
  /** Decision id → compiled DMN, pinned with the graph. */
  readonly decisions: Readonly<Record<string, CompiledDecision>>;
  /** Form key → hash of the Questionnaire, pinned with the graph. */
  readonly forms: Readonly<Record<string, string>>;
}

export interface ProcessDefinition {
  readonly id: string;
  readonly name: LocalizedText;
  readonly isExecutable: boolean;
  /** Ids of the elements directly in the process scope. */
  readonly elementIds: readonly string[];
}

export interface SequenceFlow {
  readonly id: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly name?: string;
  readonly condition?: Feel;
}

/** Every flow node. `elementType` is BPMN's own word in lower camel case (`userTask`, `exclusiveGateway`, `boundaryEvent` …). */
export type GraphElement = StartEvent | EndEvent | IntermediateEvent | BoundaryEvent | Activity | Gateway;

interface ElementBase {
  readonly id: string;
  readonly name: LocalizedText;
  readonly processId: string;
  /** The enclosing sub-process, or null in the process scope. */
  readonly parentId: string | null;
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  readonly phase?: Phase;
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  /** All `zeebe:property` pairs as written, for tools; the interpreter reads only the typed fields. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface Mapping {
  readonly source: Feel;
  readonly target: string;
}

export interface StartEvent extends ElementBase {
  readonly elementType: 'startEvent';
  readonly event: EventDefinition;
  /** The form a person fills to start an instance here. */
  readonly formKey?: string;
  /** Principals who may start here; FEEL over the starter's context. Absent: whoever may start the flow. */
  readonly starters?: Feel;
  /** `bihuan:organisation`: to which organisation an instance belongs that begins here by a message; FEEL over what is told. */
  readonly organisation?: Feel;
  /** In an event sub-process only: does its start end what else runs in the scope around it? */
  readonly isInterrupting?: boolean;
}

export interface EndEvent extends ElementBase {
  readonly elementType: 'endEvent';
  readonly event: EventDefinition;
  /** `bihuan:result`: how the instance ends (`closed`, `rejected`, `withdrawn` …). Only `closed` can be sealed as a closed loop. */
  readonly result?: string;
}

export interface IntermediateEvent extends ElementBase {
  readonly elementType: 'intermediateCatchEvent' | 'intermediateThrowEvent';
  readonly event: EventDefinition;
  readonly action?: PersonAction;
  /** `bihuan:result`: name of the variable that receives `{ code, by, at, reasonCode, …facts }` of a person's action. */
  readonly resultVariable?: string;
}

export interface BoundaryEvent extends ElementBase {
  readonly elementType: 'boundaryEvent';
  readonly event: EventDefinition;
  readonly attachedToId: string;
  readonly isInterrupting: boolean;
  readonly action?: PersonAction;
  readonly resultVariable?: string;
  /** Of a compensation event: the activity that its association leads to. */
  readonly handlerId?: string;
}

export type EventDefinition =
  | SingleEventDefinition
  /** Caught when one of them happens, or, where it is parallel, when each has; thrown all together. */
  | { readonly kind: 'multiple'; readonly isParallel: boolean; readonly definitions: readonly SingleEventDefinition[] };

export type SingleEventDefinition =
  | { readonly kind: 'none' }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'timer'; readonly timer: TimerDefinition }
  | {
      readonly kind: 'message';
      readonly messageName: Feel;
      readonly correlationKey?: Feel;
      readonly timeToLive?: Feel;
      readonly jobType?: Feel;
    }
  | { readonly kind: 'signal'; readonly signalName: Feel }
  | { readonly kind: 'error'; readonly errorCode?: Feel }
  | { readonly kind: 'escalation'; readonly escalationCode?: Feel }
  | { readonly kind: 'conditional'; readonly condition: Feel }
  | { readonly kind: 'link'; readonly linkName: string }
  /** Without `activityId`: everything that was completed in the scope. */
  | { readonly kind: 'compensation'; readonly activityId?: string; readonly waitForCompletion: boolean }
  | { readonly kind: 'cancel' };

export interface TimerDefinition {
  readonly kind: 'date' | 'duration' | 'cycle';
  readonly value: Feel;
  /** `bihuan:clock`: `working` counts only the working time of the organisation's calendar. FEEL giving `working` or `elapsed`. */
  readonly clock: Feel;
  /** `bihuan:calendarOf`: FEEL → the organisation whose working time counts. Absent: the starter's. */
  readonly calendarOf?: Feel;
}

/** A message that a person may send from the page of the instance (withdraw, raise an issue …). `bihuan:action`. */
export interface PersonAction {
  readonly code: string;
  readonly name: LocalizedText;
  /** FEEL → list of principals. */
  readonly senders: Feel;
  readonly reason: ReasonRule;
  readonly tone: 'default' | 'primary' | 'danger';
  /** Dates that are asked for with it: facts under these names, as ISO writes days. */
  readonly asks?: readonly ActionDate[];
  /** The element that it leads to, where it is refused while that one is at work: what was asked before is decided first. */
  readonly notWhile?: string;
}

export interface ActionDate {
  readonly name: string;
  readonly label: LocalizedText;
}

export type Activity = UserTask | WorkTask | SubProcess | AdHocSubProcess | CallActivity;

interface ActivityBase extends ElementBase {
  readonly boundaryIds: readonly string[];
  readonly defaultFlow?: string;
  readonly multiInstance?: MultiInstance;
  readonly loop?: StandardLoop;
  /** It is done only when something that was completed is compensated. */
  readonly isForCompensation?: true;
  /** Tokens that it waits for, and tokens that it gives on each flow (BPMN 2.0, 13.3.2); absent: 1. */
  readonly startQuantity?: number;
  readonly completionQuantity?: number;
  /** Names of its properties and data objects (BPMN 2.0, 10.4.1): variables of its own, which begin as null. */
  readonly locals?: readonly string[];
}

/** BPMN 2.0, 13.3.6: again as long as the condition holds. */
export interface StandardLoop {
  readonly testBefore: boolean;
  readonly condition?: Feel;
  readonly maximum?: number;
}

export interface MultiInstance {
  readonly isSequential: boolean;
  /** FEEL → list; or a cardinality, FEEL → number. Exactly one is given. */
  readonly inputCollection?: Feel;
  readonly cardinality?: Feel;
  readonly inputElement?: string;
  readonly outputCollection?: string;
  readonly outputElement?: Feel;
  readonly completionCondition?: Feel;
  /** Events that completing instances throw, for boundary events to catch (BPMN 2.0, 13.3.7). Absent: `All`, none is thrown. */
  readonly behavior?: MultiInstanceBehavior;
}

export type MultiInstanceBehavior =
  /** With every instance that completes. */
  | { readonly kind: 'none'; readonly event: SingleEventDefinition }
  /** With the first one. */
  | { readonly kind: 'one'; readonly event: SingleEventDefinition }
  /** With every instance on whose completion the condition holds. */
  | { readonly kind: 'complex'; readonly definitions: readonly { readonly condition: Feel; readonly event: SingleEventDefinition }[] };

export interface UserTask extends ActivityBase {
  readonly elementType: 'userTask';
  readonly formKey?: string;
  readonly assignee?: Feel;
  readonly candidateUsers?: Feel;
  readonly candidateGroups?: Feel;
  readonly dueDate?: Feel;
  readonly followUpDate?: Feel;
  readonly priority?: Feel;
  readonly outcomes: readonly Outcome[];
  /** `bihuan:result`: name of the variable that receives `{ outcome, by, at, reason, …facts }`. */
  readonly resultVariable?: string;
  /** `bihuan:notSameAs`: ids of elements whose completers may not complete this one (four eyes, R 1.2). */
  readonly notSameAs: readonly string[];
  readonly deadline?: Deadline;
  /** `bihuan:side`: which side's evaluation this task is; the closed-loop rule needs both. */
  readonly side?: 'executor' | 'applicant';
  /** `bihuan:return`: the earlier user tasks to which whoever holds this one may return (退回). */
  readonly returns?: 'any' | readonly string[];
}

export interface Outcome {
  readonly code: string;
  readonly name: LocalizedText;
  readonly tone: 'default' | 'primary' | 'danger';
  readonly reason: ReasonRule;
  /** Must the form be valid and complete for this outcome? `false`: the form may stay empty (return, reject, decline). */
  readonly formRequired: boolean;
  /** Link ids that must be answered for this outcome, beside what the form asks of every one. */
  readonly requires?: readonly string[];
  /** Link ids of yes-or-no questions that must be answered with yes for this outcome: the checklist that an approval stands for. */
  readonly affirms?: readonly string[];
}

export type ReasonRule =
  | { readonly kind: 'none' | 'optional' | 'required' }
  | { readonly kind: 'coded'; readonly codes: readonly { readonly code: string; readonly name: LocalizedText }[] };

/** `bihuan:deadline` and what belongs to it. Durations are ISO 8601 (`PT8H`). */
export interface Deadline {
  readonly duration: Feel;
  /** FEEL giving `working` or `elapsed`. */
  readonly clock: Feel;
  readonly calendarOf?: Feel;
  /** Shares of the duration, in percent, at which the holders are reminded: `[50, 80]`. */
  readonly remindAtPercent: readonly number[];
  /** FEEL → principals who are told, and may act too, once it is overdue. */
  readonly escalateTo?: Feel;
  /** Variables that it follows: when one of them is set, the time of an open task is worked out anew. */
  readonly follows?: readonly string[];
  /** `bihuan:carry`: outcomes after which the time spent is carried into the next activation of this element (the clock paused). */
  readonly carryOutcomes: readonly string[];
}

export interface WorkTask extends ActivityBase {
  readonly elementType: 'task' | 'manualTask' | 'serviceTask' | 'scriptTask' | 'businessRuleTask' | 'sendTask' | 'receiveTask';
  readonly work: Work;
  /** A receive task whose message starts an instance. */
  readonly instantiates?: true;
}

export type Work =
  | { readonly kind: 'none' }
  | { readonly kind: 'job'; readonly jobType: Feel; readonly retries: Feel; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'script'; readonly expression: Feel; readonly resultVariable: string }
  | { readonly kind: 'decision'; readonly decisionId: Feel; readonly resultVariable: string }
  | { readonly kind: 'throwMessage'; readonly messageName: Feel; readonly correlationKey?: Feel; readonly timeToLive?: Feel }
  | { readonly kind: 'catchMessage'; readonly messageName: Feel; readonly correlationKey?: Feel };

export interface SubProcess extends ActivityBase {
  /** A sub-process that an event triggers has a word of its own, as in Zeebe: nothing leads into it or out of it. */
  readonly elementType: 'subProcess' | 'transaction' | 'eventSubProcess';
  readonly elementIds: readonly string[];
}

/** BPMN 2.0, 13.3.5: its activities may be done in any order and number. */
export interface AdHocSubProcess extends ActivityBase {
  readonly elementType: 'adHocSubProcess';
  readonly elementIds: readonly string[];
  readonly ordering: 'parallel' | 'sequential';
  /** FEEL → ids of the elements to begin with. Absent: each one that nothing leads to. */
  readonly activeElements?: Feel;
  readonly completionCondition?: Feel;
  readonly cancelRemainingInstances: boolean;
}

export interface CallActivity extends ActivityBase {
  readonly elementType: 'callActivity';
  readonly calledProcessId: Feel;
  readonly propagateAllParentVariables: boolean;
  readonly propagateAllChildVariables: boolean;
}

export interface Gateway extends ElementBase {
  readonly elementType: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway' | 'eventBasedGateway' | 'complexGateway';
  readonly defaultFlow?: string;
  /** Of an event-based gateway that starts an instance: is one of its events enough, or does it wait for all? */
  readonly instantiates?: 'exclusive' | 'parallel';
  /** Of a complex gateway that joins. */
  readonly activationCondition?: Feel;
}

export type ElementType = GraphElement['elementType'] | 'process' | 'multiInstanceBody' | 'standardLoopBody' | 'sequenceFlow';

/** Each single definition of an event. */
export const definitionsOf = (event: EventDefinition): readonly SingleEventDefinition[] =>
  event.kind === 'multiple' ? event.definitions : [event];

export type Scope = SubProcess | AdHocSubProcess;

export const isScope = (element: GraphElement | undefined): element is Scope => element !== undefined && 'elementIds' in element;

export const isEventSubProcess = (element: GraphElement | undefined): element is SubProcess => element?.elementType === 'eventSubProcess';

/** The elements directly in a process (by its id) or in a sub-process. */
export function insideOf(graph: ProcessGraph, scopeId: string): readonly GraphElement[] {
  const known = inside.get(graph) ?? new Map<string, readonly GraphElement[]>();
  inside.set(graph, known);
  const found = known.get(scopeId) ?? findInside(graph, scopeId);
  known.set(scopeId, found);
  return found;
}

/** A graph never changes, and every step asks. */
const inside = new WeakMap<ProcessGraph, Map<string, readonly GraphElement[]>>();

function findInside(graph: ProcessGraph, scopeId: string): readonly GraphElement[] {
  const scope = graph.elements[scopeId];
  const ids = isScope(scope) ? scope.elementIds : (graph.processes[scopeId]?.elementIds ?? []);
  return ids.flatMap((id) => graph.elements[id] ?? []);
}

/** The element directly in a scope that is another one, or holds it; undefined for what stands elsewhere. */
export function elementAround(graph: ProcessGraph, scopeId: string, elementId: string): GraphElement | undefined {
  const element = graph.elements[elementId];
  if (!element || (element.parentId ?? element.processId) === scopeId) return element;
  return element.parentId === null ? undefined : elementAround(graph, scopeId, element.parentId);
}

/** The event that triggers an event sub-process. */
export const triggerOf = (graph: ProcessGraph, { elementIds }: SubProcess): StartEvent | undefined =>
  elementIds.map((id) => graph.elements[id]).find((element) => element?.elementType === 'startEvent');

/**
 * What begins by itself when a scope without a start event does (BPMN 2.0, 13.2 and 13.3.4): everything that nothing leads to. Boundary events,
 * event sub-processes, compensation handlers and the catching ends of links have another cause.
 */
export const implicitStarts = (graph: ProcessGraph, scopeId: string): readonly GraphElement[] =>
  insideOf(graph, scopeId).filter((element) => {
    if (element.incoming.length > 0 || element.elementType === 'boundaryEvent' || isEventSubProcess(element)) return false;
    if ('isForCompensation' in element && element.isForCompensation) return false;
    return !(element.elementType === 'intermediateCatchEvent' && element.event.kind === 'link');
  });

/** Nothing comes after it but the end of the process: its `bihuan:result` says how. */
export function endsProcess(graph: ProcessGraph, { parentId }: GraphElement): boolean {
  if (parentId === null) return true;
  const parent = graph.elements[parentId];
  return isEventSubProcess(parent) && parent.parentId === null && triggerOf(graph, parent)?.isInterrupting === true;
}
