/** An instance as its readers may see it: rights first, then the decrypted state. */

import { scopeOf } from '#core/access/roles.ts';
import { PHASES, type Phase, type ProcessGraph } from '#core/bpmn/graph.ts';
import type { Viewer } from '#core/form/access/field-access.ts';
import { evolve } from '#core/process/evolve.ts';
import type { ProcessState } from '#core/process/state.ts';
import { type ListedInstance, readConfirmation, takesPart } from '#db/instances.ts';
import { readSteps, type StoredStep } from '#db/journal.ts';
import { readInstance, type StoredInstance } from '#db/stored-instance.ts';
import { openJson } from '#engine/cipher.ts';
import { type ServiceDescriptor, serviceDescriptor } from '#engine/descriptor.ts';
import type { DataKey } from '#engine/keys.ts';
import { openStep, type StepBody } from '#engine/step-codec.ts';
import { notFound } from '../errors.ts';
import type { Context } from '../operation.ts';
import type { ConfirmationView, InstanceHeader, InstanceStatus, PhaseView, SuspensionView, Urgency, WaitingView } from '../views.ts';
import { elementName } from './element-name.ts';
import { patientBanner } from './patient.ts';
import type { Said } from './quotes.ts';
import { latestSubmission } from './whole-submissions.ts';

export interface LoadedInstance {
  readonly instance: StoredInstance;
  readonly graph: ProcessGraph;
  readonly descriptor: ServiceDescriptor;
  readonly state: ProcessState;
  readonly key: DataKey;
  /** For whoever is told nothing more (`bihuan:depart`): when the last step was that they were told of. */
  readonly toldUntil: string | null;
}

/** Who may know of an instance: who takes part, the applicant, and roles with the right to read in its scope. */
export function mayRead(context: Context, instance: Pick<StoredInstance, 'applicantId' | 'organisationId'>, isPart: boolean): boolean {
  if (isPart || instance.applicantId === context.standing.person.id) return true;
  const scope = scopeOf('instance.read', context.standing.roles);
  return scope === 'all' || (scope?.includes(instance.organisationId) ?? false);
}

/** Throws not-found for a stranger as for nobody. */
export async function loadInstance(context: Context, instanceId: string): Promise<LoadedInstance> {
  const { db, keys } = context.runtime;
  const [instance, part] = await Promise.all([
    readInstance(db, instanceId),
    takesPart(db, { instanceId, personId: context.standing.person.id, principals: context.principals }),
  ]);
  if (!instance || !mayRead(context, instance, part.isPart)) throw notFound();
  const key = await keys.find(`instance:${instance.id}`, instance.wrappedKey);
  if (!key) throw notFound();
  const { graph, descriptor } = await definitionOf(context, instance.graphHash);
  const state = openJson<ProcessState>(key, 'journal', instance.state);
  const loaded = { instance, graph, descriptor, key, state, toldUntil: null };
  return part.untilSeq === null || mayRead(context, instance, false) ? loaded : asItStood(context, loaded, part.untilSeq);
}

/** To whom nothing more is told, the instance is what it was then: neither its end nor a stop is theirs to know. */
async function asItStood(context: Context, loaded: LoadedInstance, untilSeq: number): Promise<LoadedInstance> {
  const lastSeq = Math.min(untilSeq, loaded.instance.lastSeq);
  const then = { ...loaded, instance: { ...loaded.instance, lastSeq, endedAt: null, sealedAt: null, isDiverged: false } };
  const state = stateAfter(await readJournal(context, then), untilSeq);
  if (!state) throw new Error(`${loaded.instance.id} has no step ${untilSeq}.`);
  return { ...then, state, toldUntil: state.at };
}

export async function definitionOf(
  context: Context,
  graphHash: string,
): Promise<{ graph: ProcessGraph; descriptor: ServiceDescriptor; bpmnHash: string }> {
  const { definitions } = context.runtime;
  const [graph, deployment] = await Promise.all([definitions.graph(graphHash), definitions.deploymentOf(graphHash)]);
  return { graph, descriptor: serviceDescriptor.parse(deployment.descriptor), bpmnHash: deployment.bpmnHash };
}

export interface OpenedStep extends StoredStep {
  readonly opened: StepBody;
  /** The version in which the instance stood after it. */
  readonly graph: ProcessGraph;
  readonly graphHash: string;
}

const STEPS_MAX = 10_000;

/** The steps that led to the instance as it was read: a step that came since belongs to none of what is told with them. */
export async function readJournal(
  context: Pick<Context, 'runtime'>,
  loaded: Pick<LoadedInstance, 'instance' | 'key'>,
): Promise<readonly OpenedStep[]> {
  const { id: instanceId, lastSeq } = loaded.instance;
  const steps = await readSteps(context.runtime.db, { instanceId, afterSeq: 0, limit: Math.min(STEPS_MAX, lastSeq) });
  const opened = steps.map((step) => ({ ...step, opened: openStep(loaded.key, step.body) }));
  const hashes = graphHashes(opened, loaded.instance.graphHash);
  const graphs = await Promise.all(hashes.map((hash) => context.runtime.definitions.graph(hash)));
  return opened.flatMap((step, index) => {
    const [graph, graphHash] = [graphs[index], hashes[index]];
    return graph && graphHash !== undefined ? [{ ...step, graph, graphHash }] : [];
  });
}

/** For each step the graph after it: the last one that a migration led to, and before the first of them the one it came from. */
function graphHashes(steps: readonly { readonly opened: StepBody }[], now: string): readonly string[] {
  const first = steps.map(({ opened }) => opened.command).find((command) => command.type === 'instance.migrate');
  let hash = first?.type === 'instance.migrate' ? first.fromGraphHash : now;
  return steps.map(({ opened: { command } }) => {
    if (command.type === 'instance.migrate') hash = command.graphHash;
    return hash;
  });
}

/** The state as it was after each step; null before the first. */
export function stateAfter(steps: readonly OpenedStep[], seq: number): ProcessState | null {
  let state: ProcessState | null = null;
  for (const step of steps) {
    if (step.seq > seq) break;
    state = evolve(step.graph, state, { seq: step.seq, at: step.opened.command.at, events: step.opened.events });
  }
  return state;
}

/** A closed loop is closed when the workflow has sealed it, not before (P21). */
export const statusOf = (instance: {
  readonly status: string;
  readonly isSealed: boolean;
  readonly isStopped?: boolean;
  /** The viewer is told nothing more: how it goes on is not theirs to know. */
  readonly isDeparted?: boolean;
}): InstanceStatus => {
  if (instance.isDeparted) return 'departed';
  if (instance.isStopped) return 'stopped';
  if (instance.status === 'closed' && !instance.isSealed) return 'ended';
  // Results are checked at deployment to be one of these words.
  return instance.status as InstanceStatus;
};

/** How an instance stands, for whoever it was loaded for. */
export const statusFor = ({ instance, toldUntil }: Pick<LoadedInstance, 'instance' | 'toldUntil'>): InstanceStatus =>
  statusOf({
    status: instance.status,
    isSealed: instance.sealedAt !== null,
    isStopped: instance.isDiverged,
    isDeparted: toldUntil !== null,
  });

export const listedStatus = (row: ListedInstance): InstanceStatus => statusOf(row);

export async function headerOf(
  context: Context,
  loaded: LoadedInstance,
  { viewer, said }: { readonly viewer: Viewer; readonly said: Said },
): Promise<InstanceHeader> {
  const { instance, descriptor, state } = loaded;
  const { db, directory } = context.runtime;
  const [from, applicant, confirmation, application, waitingFor] = await Promise.all([
    directory.organisation(instance.organisationId),
    directory.person(instance.applicantId),
    readConfirmation(db, instance.id),
    latestSubmission(context, loaded, descriptor.startForm),
    // Whoever is told nothing more is not told whom it waits for either.
    loaded.toldUntil === null ? waitingOf(context, loaded.graph, state) : [],
  ]);
  return {
    id: instance.id,
    number: instance.number,
    serviceKey: instance.serviceKey,
    serviceName: descriptor.name,
    title: instance.title,
    status: statusFor(loaded),
    toldUntil: loaded.toldUntil,
    urgency: urgencyView(instance.urgency),
    from,
    applicant,
    createdAt: instance.createdAt,
    endedAt: instance.endedAt,
    sealedAt: instance.sealedAt,
    loop: loopOf(loaded.graph, state),
    patient: patientBanner(context, loaded, { application, viewer }),
    waitingFor,
    pausedClocks: loaded.toldUntil === null ? pausedClocks(loaded.graph, state) : [],
    confirmation: loaded.toldUntil === null ? confirmation : confirmedUntil(confirmation, instance.lastSeq),
    suspended: await suspensionOf(context, state, said),
  };
}

/** Of the steps up to this one. */
const confirmedUntil = ({ confirmedSeq }: ConfirmationView, lastSeq: number): ConfirmationView => ({
  lastSeq,
  confirmedSeq: Math.min(confirmedSeq, lastSeq),
  divergence: null,
});

export const suspensionOf = async (context: Context, { suspended }: ProcessState, said: Said): Promise<SuspensionView | null> =>
  suspended
    ? {
        at: suspended.at,
        by: await context.runtime.directory.person(suspended.by),
        reason: said(suspended.reason, suspended.by),
      }
    : null;

export const urgencyView = (urgency: string): Urgency => (urgency === 'emergency' || urgency === 'urgent' ? urgency : 'routine');

function loopOf(graph: ProcessGraph, state: ProcessState): readonly PhaseView[] {
  const ofFlow = new Set(Object.values(graph.elements).map((element) => element.phase));
  const current = currentPhases(graph, state);
  return PHASES.filter((phase) => ofFlow.has(phase)).map((phase) => ({
    phase,
    enteredAt: state.phases[phase] ?? null,
    isCurrent: current.includes(phase),
  }));
}

/** Phases with an open task; when nobody is waited for, those of whatever is open. */
export function currentPhases(graph: ProcessGraph, state: ProcessState): readonly Phase[] {
  const ofTasks = Object.values(state.tasks).flatMap((task) => graph.elements[task.elementId]?.phase ?? []);
  const ofElements = Object.values(state.elements).flatMap((element) => graph.elements[element.elementId]?.phase ?? []);
  return [...new Set(ofTasks.length > 0 ? ofTasks : ofElements)];
}

/** Time that was spent on a step which is not open now: it goes on counting when the step is. */
function pausedClocks(graph: ProcessGraph, state: ProcessState): InstanceHeader['pausedClocks'] {
  if (state.status !== 'active') return [];
  const open = new Set(Object.values(state.tasks).map((task) => task.elementId));
  return Object.keys(state.carriedMs)
    .filter((elementId) => !open.has(elementId))
    .map((elementId) => ({ elementId, name: elementName(graph, elementId) }));
}

export async function waitingOf(context: Context, graph: ProcessGraph, state: ProcessState): Promise<readonly WaitingView[]> {
  const { directory } = context.runtime;
  return Promise.all(
    Object.values(state.tasks).map(async (task) => ({
      taskId: task.taskId,
      elementId: task.elementId,
      name: elementName(graph, task.elementId),
      phase: graph.elements[task.elementId]?.phase ?? null,
      holders: await directory.holders(task.candidates),
      assignee: await directory.person(task.assignee),
      since: task.createdAt,
      due: state.suspended ? null : (task.deadline?.due ?? task.followUp ?? null),
      overdue: task.overdue || (task.deadline !== undefined && task.deadline.due < state.at),
    })),
  );
}
