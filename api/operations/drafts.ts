import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fieldAccess, type Viewer } from '#core/form/access/field-access.ts';
import { parseResponse, problemText } from '#core/form/parse.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { isForm } from '#db/contents.ts';
import { deleteDraft, listDrafts, readDraft, readTaskDraft, type StoredDraft, saveDraft } from '#db/drafts.ts';
import { readTasks } from '#db/instances.ts';
import { openJson, sealJson } from '#engine/cipher.ts';
import { ApiError, notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { type CarriedResponse, carryOver } from '../read/carried.ts';
import { type Filling, fillingOf, opened, ownOf } from '../read/filling.ts';
import { loadInstance, readJournal } from '../read/instance.ts';
import { laneOfTasks } from '../read/lanes.ts';
import { taskFilling } from '../read/task-filling.ts';
import { viewerAt } from '../read/viewer.ts';
import { wholeSubmissions } from '../read/whole-submissions.ts';
import { type DraftSummary, type DraftView, UNANSWERED_MAX } from '../views.ts';
import { deployedService, startFilling } from './services.ts';

const VERSION_MAX = 2 ** 31 - 1;

const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('service'), serviceKey: z.string().max(100) }),
  z.object({ kind: z.literal('task'), instanceId: z.uuid(), taskId: z.string().max(20) }),
]);

export const putDraft = defineOperation({
  name: 'saveDraft',
  method: 'put',
  path: '/drafts',
  summary: 'Save a draft on top of the version I had; version 0 makes a new one',
  input: z.object({
    id: z.uuid().optional(),
    scope,
    formHash: z.string().length(64),
    version: z.number().int().min(0).max(VERSION_MAX),
    /** Names this save, so that the next one can say that it got no answer to it. */
    saveId: z.uuid().optional(),
    unanswered: z.array(z.uuid()).max(UNANSWERED_MAX).default([]),
    response: z.unknown(),
  }),
  right: 'signed-in',
  async run(context, input): Promise<DraftSummary> {
    const { db, keys } = context.runtime;
    const personId = context.standing.person.id;
    const parsed = parseResponse(input.response);
    if (!parsed.ok) throw new ApiError(422, { code: 'response-malformed', data: { problems: problemText(parsed.problems) } });
    const viewer = await draftViewer(context, input.scope);
    // Also an older version of the form: what was begun with it is kept.
    if (!(await isForm(db, input.formHash))) throw new ApiError(409, { code: 'form-moved-on' });
    const questionnaire = await context.runtime.definitions.form(input.formHash);
    const own = ownOf({ questionnaire, access: fieldAccess(questionnaire, viewer) }, parsed.value);
    const key = await keys.findOrCreate(`person:${personId}`);
    const row =
      input.scope.kind === 'service'
        ? { serviceKey: input.scope.serviceKey }
        : { instanceId: input.scope.instanceId, taskId: input.scope.taskId };
    const saved = await saveDraft(db, {
      id: input.id ?? randomUUID(),
      personId,
      scope: row,
      formHash: input.formHash,
      version: input.version,
      saveId: input.saveId ?? null,
      unanswered: input.unanswered,
      body: sealJson(key, 'draft', own),
    });
    if (saved) return draftSummary(saved);
    const current =
      input.scope.kind === 'task'
        ? await readTaskDraft(db, { personId, ...input.scope })
        : input.id
          ? await readDraft(db, { id: input.id, personId })
          : null;
    throw new ApiError(409, {
      code: 'draft-conflict',
      ...(current && { data: { id: current.id, version: current.version, savedAt: current.savedAt } }),
    });
  },
});

export const getDraft = defineOperation({
  name: 'draft',
  method: 'get',
  path: '/drafts/:id',
  summary: 'One of my drafts',
  input: z.object({ id: z.uuid() }),
  right: 'signed-in',
  async run(context, { id }): Promise<DraftView> {
    const draft = await readDraft(context.runtime.db, { id, personId: context.standing.person.id });
    if (!draft) throw notFound();
    const { filling, hash } = await draftFilling(context, draft);
    const { response, carried } = await openDraft(context, draft, hash);
    return { ...draftSummary(draft), formHash: hash, response: (await opened(context, filling, response)).response, carried };
  },
});

export const drafts = defineOperation({
  name: 'drafts',
  method: 'get',
  path: '/drafts',
  summary: 'My drafts, newest first',
  input: z.object({ serviceKey: z.string().max(100).optional() }),
  right: 'signed-in',
  async run(context, { serviceKey }): Promise<readonly DraftSummary[]> {
    return (await listDrafts(context.runtime.db, { personId: context.standing.person.id, serviceKey: serviceKey ?? null })).map(
      draftSummary,
    );
  },
});

export const removeDraft = defineOperation({
  name: 'deleteDraft',
  method: 'delete',
  path: '/drafts/:id',
  summary: 'Throw a draft away',
  input: z.object({ id: z.uuid() }),
  right: 'signed-in',
  async run(context, { id }): Promise<{ deleted: true }> {
    if (!(await deleteDraft(context.runtime.db, { id, personId: context.standing.person.id }))) throw notFound();
    return { deleted: true };
  },
});

/** Who writes it, where; throws where there is nothing to be written. */
async function draftViewer(context: Context, asked: z.infer<typeof scope>): Promise<Viewer> {
  if (asked.kind === 'service') return (await serviceFilling(context, asked.serviceKey)).viewer;
  const { instance, state } = await loadInstance(context, asked.instanceId);
  if (!state.tasks[asked.taskId]) throw new ApiError(409, { code: 'task-done' });
  return viewerAt(context, instance, await storedTask(context, asked));
}

async function serviceFilling(context: Context, serviceKey: string) {
  const { deployment, descriptor, startForm } = await deployedService(context, serviceKey);
  const graph = await context.runtime.definitions.graph(deployment.graphHash);
  return startFilling(context, { graph, descriptor, startForm });
}

async function storedTask(context: Context, { instanceId, taskId }: { readonly instanceId: string; readonly taskId: string }) {
  const task = (await readTasks(context.runtime.db, instanceId)).find((candidate) => candidate.taskId === taskId);
  if (!task) throw notFound();
  return task;
}

/** The form that is asked now: a task's is pinned, a service asks its current one. */
async function draftFilling(
  context: Context,
  { serviceKey, instanceId, taskId, formHash }: StoredDraft,
): Promise<{ readonly filling: Filling; readonly hash: string }> {
  if (serviceKey !== null) {
    const filling = await serviceFilling(context, serviceKey);
    return { filling, hash: filling.hash };
  }
  const onTask = { instanceId: instanceId ?? '', taskId: taskId ?? '' };
  const loaded = await loadInstance(context, onTask.instanceId);
  const task = loaded.state.tasks[onTask.taskId];
  const viewer = await viewerAt(context, loaded.instance, await storedTask(context, onTask));
  const element = task && loaded.graph.elements[task.elementId];
  const asked = (element?.elementType === 'userTask' && element.formKey && loaded.graph.forms[element.formKey]) || formHash;
  const questionnaire = await context.runtime.definitions.form(asked);
  const [submissions, steps] = await Promise.all([wholeSubmissions(context, loaded), readJournal(context, loaded)]);
  // The task is over, but what was written for it stays its author's.
  const nothingKnown = () => Promise.resolve<QuestionnaireResponse>({ resourceType: 'QuestionnaireResponse', status: 'in-progress' });
  const filling = task
    ? taskFilling(context, loaded, { task, viewer, submissions, laneOf: laneOfTasks(steps), questionnaire })
    : fillingOf(questionnaire, viewer, nothingKnown);
  return { filling, hash: asked };
}

/** Carried over to the form of this hash, where it is of another. */
export async function openDraft(context: Context, draft: StoredDraft, toHash: string): Promise<CarriedResponse> {
  const key = await context.runtime.keys.findOrCreate(`person:${context.standing.person.id}`);
  const response = openJson<QuestionnaireResponse>(key, 'draft', draft.body);
  return carryOver(context, { formHash: draft.formHash, response }, toHash);
}

export function draftSummary(draft: StoredDraft): DraftSummary {
  const { serviceKey, instanceId, taskId } = draft;
  const scope =
    serviceKey !== null
      ? ({ kind: 'service', serviceKey } as const)
      : ({ kind: 'task', instanceId: instanceId ?? '', taskId: taskId ?? '' } as const);
  return { id: draft.id, scope, version: draft.version, savedAt: draft.savedAt };
}
