/** What people do to instances. Each is one command through the door; the answer says what they see next. */
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import type { CommandBody } from '#core/process/command.ts';
import { REASON_LENGTH_MAX } from '#core/process/lengths.ts';
import { availableActions, openTasks } from '#core/process/task-descriptor.ts';
import { readAttachableFiles } from '#db/files.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { Prepared, Seen, SubmitResult } from '#engine/door.ts';
import { checkAnswers, type Targets } from '#engine/submissions.ts';
import { errorOf, refused } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import { unansweredIssues } from '../read/answer-remarks.ts';
import { decidedFilling } from '../read/decided-filling.ts';
import { mayRead } from '../read/instance.ts';
import { filesCarriedTo } from '../read/linked.ts';
import { nameInLists } from '../read/patient.ts';
import { startVariables } from '../read/start-variables.ts';
import { titleOf } from '../read/title.ts';
import type { CommandAnswer } from '../views.ts';
import { viewerOf } from './instances.ts';
import { deployedService, startFilling } from './services.ts';

const commandId = z.uuid();
const reasonCode = z.string().max(100).optional();
const reason = z.string().trim().max(REASON_LENGTH_MAX).optional();
const onTask = { id: z.uuid(), taskId: z.string().max(20), commandId };

export const startInstance = defineOperation({
  name: 'startInstance',
  method: 'post',
  path: '/instances',
  summary: 'Submit an application: starts an instance',
  input: z.object({
    commandId,
    serviceKey: z.string().max(100),
    formHash: z.string().length(64),
    response: z.unknown(),
    draftId: z.uuid().optional(),
  }),
  right: 'instance.start',
  async run(context, input): Promise<CommandAnswer> {
    const { deployment, descriptor, startForm } = await deployedService(context, input.serviceKey);
    const { definitions, door } = context.runtime;
    const { person } = context.standing;
    const graph = await definitions.graph(deployment.graphHash);
    const { hash: formHash, questionnaire, elementId, access, known } = await startFilling(context, { graph, descriptor, startForm });
    // The same command sent again starts the same instance.
    const instanceId = commandIdOf('start', person.id, input.commandId);
    const asked = { serviceKey: input.serviceKey, formHash: input.formHash, response: input.response };
    const checked = await checkAnswers(
      {
        questionnaire,
        formKey: startForm,
        formHash,
        seenHash: input.formHash,
        response: input.response,
        elementId,
        taskId: null,
        personId: person.id,
        zone: context.standing.zone,
        access,
        known,
      },
      targetsOf(context, instanceId, NO_FILES),
    );
    if (checked.kind === 'refused') {
      // The form may have moved on since the same command was carried out and its answer lost.
      const repeated = { instanceId, commandId: input.commandId, actor: actorOf(context), asked, prepare: () => checked };
      const before = await door.submit(repeated);
      if (before.kind === 'not-found') throw refused(checked.refusal);
      return answerOf(context, before);
    }
    const variables = await startVariables(context, { instanceId, facts: checked.facts });
    const { submission } = checked;
    const result = await door.start({
      instanceId,
      commandId: input.commandId,
      actor: actorOf(context),
      asked,
      graph,
      graphHash: deployment.graphHash,
      definitionVersion: deployment.version,
      body: {
        type: 'start',
        instanceId,
        processId: descriptor.processId,
        variables,
        submission: { id: submission.id, formKey: submission.formKey, formHash: submission.formHash, hash: submission.hash },
      },
      submission,
      fileIds: checked.fileIds,
      numberPrefix: descriptor.numberPrefix,
      organisationId: person.organisation.id,
      applicantId: person.id,
      zone: context.standing.zone,
      title: titleOf(descriptor, questionnaire, checked.facts),
      patientMasked: nameInLists(descriptor, { questionnaire, response: checked.response }),
      ...(input.draftId && { draftId: input.draftId }),
    });
    return answerOf(context, result);
  },
});

export const claimTask = taskCommand('claimTask', 'claim', 'Take a task', (taskId) => ({ type: 'task.claim', taskId }));
export const releaseTask = taskCommand('releaseTask', 'release', 'Give a task back to its group', (taskId) => ({
  type: 'task.release',
  taskId,
}));
export const urgeTask = taskCommand('urgeTask', 'urge', 'Remind whoever holds a task', (taskId) => ({ type: 'task.urge', taskId }));

export const assignTask = defineOperation({
  name: 'assignTask',
  method: 'post',
  path: '/instances/:id/tasks/:taskId/assign',
  summary: 'Hand a task to a person',
  input: z.object({ ...onTask, personId: z.string().max(100), reason }),
  right: 'task.assign',
  async run(context, { id, taskId, commandId, ...assigned }): Promise<CommandAnswer> {
    await requirePersons(context, [assigned.personId]);
    return submit(context, id, commandId, { taskId, ...assigned }, ({ instance }) => {
      const scope = scopeOf('task.assign', context.standing.roles);
      if (scope !== 'all' && !scope?.includes(instance.organisationId)) return { kind: 'refused', refusal: { code: 'not-allowed' } };
      return { kind: 'ready', body: { type: 'task.assign', taskId, ...assigned } };
    });
  },
});

export const completeTask = defineOperation({
  name: 'completeTask',
  method: 'post',
  path: '/instances/:id/tasks/:taskId/complete',
  summary: 'Decide a task, with its form and, where asked, a reason',
  input: z.object({
    ...onTask,
    outcome: z.string().max(100).optional(),
    reasonCode,
    reason,
    formHash: z.string().length(64).optional(),
    response: z.unknown().optional(),
  }),
  right: 'signed-in',
  async run(context, { id, taskId, commandId, ...asked }): Promise<CommandAnswer> {
    return submit(context, id, commandId, { taskId, ...asked }, async (seen) => {
      const { graph, state } = seen;
      const open = state.tasks[taskId];
      const element = open && graph.elements[open.elementId];
      const body: CommandBody = {
        type: 'task.complete',
        taskId,
        outcome: asked.outcome,
        reasonCode: asked.reasonCode,
        reason: asked.reason || undefined,
        facts: {},
      };
      // Without an open task core says what became of it.
      if (!open || element?.elementType !== 'userTask' || !element.formKey) return { kind: 'ready', body: withoutUndefined(body) };
      const chosen = element.outcomes.find((outcome) => outcome.code === asked.outcome);
      const isFormLeft = chosen !== undefined && !chosen.formRequired && asked.response === undefined;
      if (isFormLeft) return { kind: 'ready', body: withoutUndefined(body) };
      const formHash = graph.forms[element.formKey] ?? '';
      const questionnaire = await context.runtime.definitions.form(formHash);
      const { access, known, hiddenFiles } = await decidedFilling(context, seen, { task: open, questionnaire });
      const checked = await checkAnswers(
        {
          questionnaire,
          formKey: element.formKey,
          formHash,
          seenHash: asked.formHash ?? formHash,
          response: asked.response,
          elementId: element.id,
          taskId,
          personId: context.standing.person.id,
          zone: context.standing.zone,
          access,
          known,
          ...(chosen ? { demands: chosen } : {}),
        },
        targetsOf(context, id, hiddenFiles),
      );
      if (checked.kind === 'refused') return checked;
      const { submission, facts, fileIds } = checked;
      const issues = await unansweredIssues(context, seen, { task: open, questionnaire, response: checked.response });
      if (issues.length > 0) return { kind: 'refused', refusal: { code: 'form-invalid', issues } };
      const reference = { id: submission.id, formKey: submission.formKey, formHash: submission.formHash, hash: submission.hash };
      return { kind: 'ready', body: withoutUndefined({ ...body, facts, submission: reference }), submission, fileIds };
    });
  },
});

export const sendAction = defineOperation({
  name: 'sendAction',
  method: 'post',
  path: '/instances/:id/actions/:code',
  summary: 'Send one of the messages that the flow offers to me: withdraw, raise an issue …',
  input: z.object({
    id: z.uuid(),
    code: z.string().max(100),
    commandId,
    reasonCode,
    reason,
    /** The days that it asks for, by name. */
    dates: z.record(z.string().max(100), z.iso.date()).optional(),
  }),
  right: 'signed-in',
  run: (context, { id, code, commandId, dates = {}, ...asked }) =>
    submit(context, id, commandId, { code, ...asked, ...(Object.keys(dates).length > 0 ? { dates } : {}) }, ({ graph }) => {
      // Only what is asked for becomes a variable of the process.
      const names = Object.values(graph.elements).flatMap((element) =>
        'action' in element && element.action?.code === code ? (element.action.asks ?? []).map(({ name }) => name) : [],
      );
      const facts = Object.fromEntries(Object.entries(dates).filter(([name]) => names.includes(name)));
      return {
        kind: 'ready',
        body: withoutUndefined({ type: 'action.send', code, reasonCode: asked.reasonCode, reason: asked.reason || undefined, facts }),
      };
    }),
});

export const comment = defineOperation({
  name: 'comment',
  method: 'post',
  path: '/instances/:id/comments',
  summary: 'Say something in an instance; also after its end',
  input: z.object({
    id: z.uuid(),
    commandId,
    text: z.string().trim().min(1).max(REASON_LENGTH_MAX),
    mentions: z.array(z.string().max(100)).max(20).default([]),
  }),
  right: 'signed-in',
  async run(context, { id, commandId, text, mentions }) {
    await requirePersons(context, mentions);
    return submit(context, id, commandId, { text, mentions }, () => ({
      kind: 'ready',
      body: { type: 'comment', text, mentions, fileIds: [] },
    }));
  },
});

export const sendCopy = defineOperation({
  name: 'sendCopy',
  method: 'post',
  path: '/instances/:id/cc',
  summary: 'Give people a copy (抄送): they may read the instance from then on',
  input: z.object({
    id: z.uuid(),
    commandId,
    personIds: z.array(z.string().max(100)).min(1).max(50),
    text: z.string().trim().max(REASON_LENGTH_MAX).optional(),
  }),
  right: 'signed-in',
  async run(context, { id, commandId, personIds, text }) {
    await requirePersons(context, personIds);
    return submit(context, id, commandId, { personIds, text }, () => ({
      kind: 'ready',
      body: withoutUndefined({ type: 'cc', personIds, text: text || undefined }),
    }));
  },
});

/** People that a command names must be there. */
async function requirePersons(context: Context, personIds: readonly string[]): Promise<void> {
  const known = await context.runtime.directory.persons(personIds);
  const unknown = personIds.filter((personId) => !known.has(personId));
  if (unknown.length > 0) throw refused({ code: 'unknown-person', data: { personIds: unknown } });
}

function taskCommand(name: string, verb: string, summary: string, bodyOf: (taskId: string) => CommandBody) {
  return defineOperation({
    name,
    method: 'post',
    path: `/instances/:id/tasks/:taskId/${verb}`,
    summary,
    input: z.object(onTask),
    right: 'signed-in',
    run: (context, { id, taskId, commandId }) =>
      submit(context, id, commandId, { verb, taskId }, () => ({ kind: 'ready', body: bodyOf(taskId) })),
  });
}

export async function submit(
  context: Context,
  instanceId: string,
  commandId: string,
  asked: unknown,
  prepare: (seen: Seen) => Prepared | Promise<Prepared>,
): Promise<CommandAnswer> {
  const result = await context.runtime.door.submit({
    instanceId,
    commandId,
    actor: actorOf(context),
    asked: JSON.parse(JSON.stringify(asked)) as unknown,
    prepare,
    mayKnow: (instance, isPart) => mayRead(context, instance, isPart),
  });
  return answerOf(context, result);
}

function answerOf(context: Context, result: SubmitResult): CommandAnswer {
  if (result.kind !== 'accepted') throw errorOf(result);
  const viewer = viewerOf(context);
  const next = openTasks(result.graph, result.state).find((task) =>
    availableActions(task, viewer).some((action) => action.disabled === null || action.disabled.code === 'not-claimed'),
  );
  return {
    instanceId: result.instance.id,
    number: result.instance.number,
    seq: result.seq,
    nextTask: next ? { taskId: next.taskId, name: next.name } : null,
  };
}

/** Nothing is attached to an instance that is not there yet. */
const NO_FILES: Targets['hiddenFiles'] = async () => new Set();

const targetsOf = (context: Context, instanceId: string, hiddenFiles: Targets['hiddenFiles']): Targets => {
  const { runtime, standing } = context;
  return {
    hiddenFiles,
    lookUp: async (kind, id) => (await runtime.directory.reference(kind, id))?.display ?? null,
    checkCodes: (codes) => runtime.terminology.check(codes),
    findFiles: async (ids) => {
      const carried = ids.length > 0 ? await filesCarriedTo(context, instanceId) : new Set<string>();
      return readAttachableFiles(runtime.db, { ids, personId: standing.person.id, instanceId, carried });
    },
  };
};

/** Commands are canonical JSON: an absent value is absent. */
const withoutUndefined = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
