import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseResponse, problemText } from '#core/form/parse.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { isForm } from '#db/contents.ts';
import { deleteDraft, listDrafts, readDraft, readTaskDraft, type StoredDraft, saveDraft } from '#db/drafts.ts';
import { openJson, sealJson } from '#engine/cipher.ts';
import { ApiError, notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { type CarriedResponse, carryOver } from '../read/carried.ts';
import { loadInstance } from '../read/instance.ts';
import type { DraftSummary, DraftView } from '../views.ts';
import { deployedService } from './services.ts';

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
    response: z.unknown(),
  }),
  right: 'signed-in',
  async run(context, input): Promise<DraftSummary> {
    const { db, keys } = context.runtime;
    const personId = context.standing.person.id;
    const parsed = parseResponse(input.response);
    if (!parsed.ok) throw new ApiError(422, { code: 'response-malformed', data: { problems: problemText(parsed.problems) } });
    await checkScope(context, input.scope);
    // Also an older version of the form: what was begun with it is kept.
    if (!(await isForm(db, input.formHash))) throw new ApiError(409, { code: 'form-moved-on' });
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
      body: sealJson(key, 'draft', parsed.value),
    });
    if (saved) return draftSummary(saved);
    const current = input.id
      ? await readDraft(db, { id: input.id, personId })
      : input.scope.kind === 'task'
        ? await readTaskDraft(db, { personId, ...input.scope })
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
    return { ...draftSummary(draft), formHash: draft.formHash, ...(await openDraft(context, draft, await askedNow(context, draft))) };
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

async function checkScope(context: Context, asked: z.infer<typeof scope>): Promise<void> {
  if (asked.kind === 'service') {
    await deployedService(context, asked.serviceKey);
    return;
  }
  const { state } = await loadInstance(context, asked.instanceId);
  if (!state.tasks[asked.taskId]) throw new ApiError(409, { code: 'task-done' });
}

/** Carried over to the form of this hash, where it is of another. */
export async function openDraft(context: Context, draft: StoredDraft, toHash: string): Promise<CarriedResponse> {
  const key = await context.runtime.keys.findOrCreate(`person:${context.standing.person.id}`);
  const response = openJson<QuestionnaireResponse>(key, 'draft', draft.body);
  return carryOver(context, { formHash: draft.formHash, response }, toHash);
}

/** A task's form is pinned; a service asks its current one. */
async function askedNow(context: Context, { serviceKey, formHash }: StoredDraft): Promise<string> {
  if (serviceKey === null) return formHash;
  const { deployment, startForm } = await deployedService(context, serviceKey);
  return (await context.runtime.definitions.graph(deployment.graphHash)).forms[startForm] ?? formHash;
}

export function draftSummary(draft: StoredDraft): DraftSummary {
  const { serviceKey, instanceId, taskId } = draft;
  const scope =
    serviceKey !== null
      ? ({ kind: 'service', serviceKey } as const)
      : ({ kind: 'task', instanceId: instanceId ?? '', taskId: taskId ?? '' } as const);
  return { id: draft.id, scope, version: draft.version, savedAt: draft.savedAt };
}
