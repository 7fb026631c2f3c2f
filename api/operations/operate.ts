/** One instance in the hands of an operator: where it stands, and what may be done to it. None of it shows what a form says. */

import { z } from 'zod';
import type { JsonObject } from '#core/json.ts';
import type { CommandBody } from '#core/process/command.ts';
import { isEnterable, MODIFICATIONS_MAX } from '#core/process/modify.ts';
import { modificationPlan } from '#core/process/plan-modification.ts';
import type { ProcessState } from '#core/process/state.ts';
import { readConfirmation, recordAccess } from '#db/instances.ts';
import { findOperated } from '#db/operations.ts';
import { readInstance } from '#db/stored-instance.ts';
import { openJson } from '#engine/cipher.ts';
import { notFound, refused } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import { diagramOf } from '../read/diagram.ts';
import { elementName } from '../read/element-name.ts';
import { isPlain } from '../read/incident-words.ts';
import { definitionOf, type LoadedInstance, readJournal, statusOf, suspensionOf } from '../read/instance.ts';
import { saidTo } from '../read/quotes.ts';
import { retentionOf } from '../read/retention.ts';
import { viewerIn } from '../read/viewer.ts';
import { wholeSubmissions } from '../read/whole-submissions.ts';
import type { ModificationPlanView, OperatedElement, OperatedInstance, OperatedList } from '../views/operations.ts';
import type { CommandAnswer } from '../views.ts';
import { onInstance, operate, reason } from './operations.ts';

export const operatedInstances = defineOperation({
  name: 'operatedInstances',
  method: 'get',
  path: '/operations/list',
  summary: 'Instances by number, flow, version or suspension, newest first',
  input: z.object({
    q: z.string().trim().max(40).optional(),
    key: z.string().max(100).optional(),
    version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
    suspended: z.enum(['true', 'false']).optional(),
    running: z.enum(['true', 'false']).optional(),
    after: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  right: 'instance.operate',
  async run(context, { q, key, version, suspended, running, after, limit }): Promise<OperatedList> {
    const found = await findOperated(context.runtime.db, {
      number: q ? q.toUpperCase() : null,
      key: key ?? null,
      version: version ?? null,
      isSuspended: suspended === 'true',
      isRunning: running === 'true',
      after: after ?? null,
      limit,
    });
    const rows = await Promise.all(
      found.map(async ({ graphHash, isSealed, isStopped, status, ...row }) => ({
        ...row,
        serviceName: (await definitionOf(context, graphHash)).descriptor.name,
        status: statusOf({ status, isSealed, isStopped }),
      })),
    );
    return { rows, next: found.length === limit ? (found.at(-1)?.instanceId ?? null) : null };
  },
});

export const operatedInstance = defineOperation({
  name: 'operatedInstance',
  method: 'get',
  path: '/operations/instances/:id',
  summary: 'Where an instance stands: its diagram, open elements and incidents',
  input: z.object({ id: z.uuid() }),
  right: 'instance.operate',
  async run(context, { id }): Promise<OperatedInstance> {
    const loaded = await loadOperated(context, id);
    const { instance, graph, descriptor, state } = loaded;
    const { db, directory } = context.runtime;
    const said = saidTo(await viewerIn(context, instance), context.standing.person.id, await wholeSubmissions(context, loaded));
    const [steps, confirmation, suspended, organisation, retention] = await Promise.all([
      readJournal(context, loaded),
      readConfirmation(db, id),
      suspensionOf(context, state, said),
      directory.organisation(instance.organisationId),
      retentionOf(context, instance),
      recordAccess(db, { personId: context.standing.person.id, instanceId: id, operation: 'operatedInstance' }),
    ]);
    return {
      id,
      number: instance.number,
      serviceKey: instance.serviceKey,
      serviceName: descriptor.name,
      version: instance.definitionVersion,
      status: statusOf({ status: instance.status, isSealed: instance.sealedAt !== null, isStopped: instance.isDiverged }),
      from: organisation,
      createdAt: instance.createdAt,
      suspended,
      canCompensate: Object.values(state.elements).some(({ compensable }) => compensable !== undefined),
      confirmation,
      diagram: diagramOf(graph, instance.graphHash, state, steps),
      elements: elementsOf(loaded),
      enterable: Object.values(graph.elements).flatMap((element) =>
        isEnterable(element) && element.processId === state.processId ? [{ elementId: element.id, name: element.name }] : [],
      ),
      incidents: Object.values(state.incidents).map((incident) => ({
        incidentId: incident.incidentId,
        elementId: incident.elementId,
        elementName: elementName(graph, incident.elementId),
        code: incident.code,
        message: isPlain(incident) ? incident.message : '',
        raisedAt: incident.raisedAt,
      })),
      retention,
    };
  },
});

export const beginAdHoc = defineOperation({
  name: 'beginAdHoc',
  method: 'post',
  path: '/operations/instances/:id/ad-hoc',
  summary: 'Begin activities of an open ad-hoc sub-process, once more or for the first time',
  input: z.object({
    ...onInstance,
    scopeKey: z.number().int().min(1).max(2_147_483_647),
    elementIds: z.array(z.string().min(1).max(200)).min(1).max(MODIFICATIONS_MAX),
  }),
  right: 'instance.operate',
  run: (context, { id, commandId, scopeKey, elementIds }): Promise<CommandAnswer> =>
    operate(context, id, commandId, { type: 'adHoc.activate', scopeKey, elementIds }),
});

const modification = {
  ...onInstance,
  activate: z
    .array(z.strictObject({ elementId: z.string().max(200), scopeKey: z.number().int().min(1).max(2_147_483_647).optional() }))
    .max(MODIFICATIONS_MAX)
    .default([]),
  cancel: z.array(z.number().int().min(1).max(2_147_483_647)).max(MODIFICATIONS_MAX).default([]),
  variables: z.record(z.string().min(1).max(200), z.unknown()).default({}),
};

export const planInstanceModification = defineOperation({
  name: 'planInstanceModification',
  method: 'post',
  path: '/operations/instances/:id/modify/plan',
  summary: 'What a change of the tokens and variables of an instance would come to; nothing is changed',
  input: z.object(modification),
  right: 'instance.operate',
  async run(context, { id, commandId, ...asked }): Promise<ModificationPlanView> {
    const body = bodyOf(asked, PLANNED_REASON);
    const previewed = await context.runtime.door.preview({ instanceId: id, commandId, actor: actorOf(context), body });
    if (previewed.kind === 'not-found') throw notFound();
    const { graph, state, command, decision } = previewed;
    if (command.type !== 'instance.modify') throw new Error('A plan is of what was asked.');
    if (decision.kind === 'refused') throw refused(decision.refusal);
    const plan = modificationPlan(graph, state, command, decision.events);
    const named = (elementId: string) => elementName(graph, elementId);
    return {
      ...plan,
      opened: plan.opened.map((each) => ({ ...each, name: named(each.elementId) })),
      canceled: plan.canceled.map((each) => ({ ...each, name: named(each.elementId) })),
    };
  },
});

export const modifyInstance = defineOperation({
  name: 'modifyInstance',
  method: 'post',
  path: '/operations/instances/:id/modify',
  summary: 'Begin elements, cancel living ones, change variables, in one step',
  input: z.object({ ...modification, reason }),
  right: 'instance.operate',
  run: (context, { id, commandId, reason: why, ...asked }): Promise<CommandAnswer> => operate(context, id, commandId, bodyOf(asked, why)),
});

/** A plan is not done, so nobody has to say why yet. */
const PLANNED_REASON = 'plan';

interface Asked {
  readonly activate: readonly { readonly elementId: string; readonly scopeKey?: number | undefined }[];
  readonly cancel: readonly number[];
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Commands are canonical JSON: an absent value is absent. */
const bodyOf = ({ activate, cancel, variables }: Asked, why: string): Extract<CommandBody, { type: 'instance.modify' }> => ({
  type: 'instance.modify',
  activate: activate.map(({ elementId, scopeKey }) => ({ elementId, ...(scopeKey === undefined ? {} : { scopeKey }) })),
  cancel,
  // Parsed as JSON by the schema.
  variables: variables as JsonObject,
  reason: why,
});

/** Any instance that can be read at all: operators are let into where it stands, not into what it says. */
export async function loadOperated(context: Context, instanceId: string): Promise<LoadedInstance> {
  const { db, keys } = context.runtime;
  const instance = await readInstance(db, instanceId);
  const key = instance && (await keys.find(`instance:${instanceId}`, instance.wrappedKey));
  if (!instance || !key) throw notFound();
  const { graph, descriptor } = await definitionOf(context, instance.graphHash);
  return { instance, graph, descriptor, key, state: openJson<ProcessState>(key, 'journal', instance.state), toldUntil: null };
}

/** What lives, scopes before what they hold. */
function elementsOf({ graph, state }: LoadedInstance): readonly OperatedElement[] {
  return Object.values(state.elements).map(({ key, elementId, elementType, scopeKey, loopIndex }) => ({
    key,
    elementId,
    name: graph.processes[elementId]?.name ?? elementName(graph, elementId),
    elementType,
    scopeKey,
    loopIndex: loopIndex ?? null,
    hasTask: state.tasks[String(key)] !== undefined,
  }));
}
