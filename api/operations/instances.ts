import { z } from 'zod';
import { extractObservations, type Transaction } from '#core/form/extract.ts';
import { referenceTo } from '#core/form/references.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { refuseWhileUnderWay } from '#core/process/news.ts';
import { returnTargets } from '#core/process/plan-return.ts';
import type { TaskState } from '#core/process/state.ts';
import type { Viewer as Actor, AvailableAction } from '#core/process/task-descriptor.ts';
import { availableActions, describeTask, RETURNED, withReturn } from '#core/process/task-descriptor.ts';
import { readTaskDraft } from '#db/drafts.ts';
import { readFilesOfInstance, type StoredFile } from '#db/files.ts';
import { markCopyRead, readTasks, recordAccess, type StoredTask } from '#db/instances.ts';
import { notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { answerRemarks } from '../read/answer-remarks.ts';
import { diagramOf } from '../read/diagram.ts';
import { elementName } from '../read/element-name.ts';
import { fileView } from '../read/files.ts';
import { opened } from '../read/filling.ts';
import { hiddenFiles } from '../read/hidden-files.ts';
import { isPlain } from '../read/incident-words.ts';
import { headerOf, type LoadedInstance, loadInstance, type OpenedStep, readJournal } from '../read/instance.ts';
import { laneOfTasks } from '../read/lanes.ts';
import { linesOf } from '../read/lines.ts';
import { linkedTo } from '../read/linked.ts';
import { namingIn } from '../read/naming.ts';
import { type Said, saidTo } from '../read/quotes.ts';
import { seenBy } from '../read/seen.ts';
import { type Asked, outcomeName, submissionsOf } from '../read/submissions.ts';
import { summaryOf } from '../read/summary.ts';
import { taskFilling } from '../read/task-filling.ts';
import { actionOf, codedReason, commentsOf, timelineOf } from '../read/timeline.ts';
import { viewerAt, viewerIn } from '../read/viewer.ts';
import { guardedFacts } from '../read/visible-facts.ts';
import { wholeSubmissions } from '../read/whole-submissions.ts';
import type { InstanceAction, InstanceView, PersonView, TaskView } from '../views.ts';
import { draftSummary, openDraft } from './drafts.ts';

export const instance = defineOperation({
  name: 'instance',
  method: 'get',
  path: '/instances/:id',
  summary: 'An instance with its diagram, history, submissions, files and comments',
  input: z.object({ id: z.uuid() }),
  right: 'signed-in',
  async run(asked, { id }): Promise<InstanceView> {
    const loaded = await loadInstance(asked, id);
    const context = namingIn(asked, loaded);
    const { db, directory } = context.runtime;
    const steps = await readJournal(context, loaded);
    const actor = viewerOf(context);
    const viewer = await viewerIn(context, loaded.instance);
    const whole = await wholeSubmissions(context, loaded);
    const guarded = await guardedFacts(context, loaded.graph, viewer);
    const said = saidTo(viewer, actor.personId, whole);
    const [header, summary, timeline, submissions, comments, files, linked] = await Promise.all([
      headerOf(context, loaded, { viewer, said }),
      summaryOf(context, loaded, guarded),
      timelineOf(context, steps, { said, guarded }),
      submissionsOf(context, loaded, { steps, submissions: whole, viewer }),
      commentsOf(context, steps, said),
      visibleFiles(context, loaded, { submissions: whole, viewer }),
      linkedTo(context, id),
      recordAccess(db, { personId: actor.personId, instanceId: id, operation: 'instance' }),
      markCopyRead(db, { personId: actor.personId, instanceId: id }),
    ]);
    const persons = await directory.persons(files.map((file) => file.byPerson));
    return {
      summary,
      lines: linesOf(loaded, { steps, submissions: whole, viewer }),
      header,
      diagram: diagramOf(loaded.graph, loaded.instance.graphHash, loaded.state, steps),
      timeline,
      submissions,
      files: await Promise.all(files.map((file) => fileView(context, file, persons.get(file.byPerson) ?? null))),
      comments,
      myTasks: (loaded.toldUntil === null ? Object.values(loaded.state.tasks) : []).flatMap((task) => {
        const described = describeTask(loaded.graph, task);
        const isMine = availableActions(described, actor).length > 0 && !task.excluded.includes(actor.personId);
        return isMine ? [{ taskId: task.taskId, name: described.name, claimed: task.assignee === actor.personId }] : [];
      }),
      actions: loaded.toldUntil === null ? instanceActions(context, loaded) : [],
      incidents: Object.values(loaded.state.incidents).map((incident) => ({
        incidentId: incident.incidentId,
        elementId: incident.elementId,
        elementName: elementName(loaded.graph, incident.elementId),
        code: incident.code,
        message: guarded.size === 0 || isPlain(incident) ? incident.message : '',
        raisedAt: incident.raisedAt,
      })),
      linked,
    };
  },
});

export const observations = defineOperation({
  name: 'observations',
  method: 'get',
  path: '/instances/:id/observations',
  summary: 'The FHIR Observations that the answers of an instance are, where its forms say so: a transaction Bundle',
  input: z.object({ id: z.uuid() }),
  right: 'signed-in',
  async run(asked, { id }): Promise<Transaction> {
    const loaded = await loadInstance(asked, id);
    const context = namingIn(asked, loaded);
    const viewer = await viewerIn(context, loaded.instance);
    const submissions = await submissionsOf(context, loaded, {
      steps: await readJournal(context, loaded),
      submissions: await wholeSubmissions(context, loaded),
      viewer,
    });
    await recordAccess(context.runtime.db, { personId: context.standing.person.id, instanceId: id, operation: 'observations' });
    const found = submissions
      .filter(({ isCurrent }) => isCurrent)
      .map(({ id: submissionId, form, response, at, by }) =>
        extractObservations(form.questionnaire, response, {
          authored: at,
          ...(by ? { author: { reference: referenceTo('person', by.id), display: by.name } } : {}),
          source: { reference: `QuestionnaireResponse/${submissionId}` },
        }),
      );
    return { resourceType: 'Bundle', type: 'transaction', entry: found.flatMap(({ entry }) => entry) };
  },
});

export const task = defineOperation({
  name: 'task',
  method: 'get',
  path: '/instances/:id/tasks/:taskId',
  summary: 'A task with its form, its context and what I may do',
  input: z.object({ id: z.uuid(), taskId: z.string().max(20) }),
  right: 'signed-in',
  async run(asked, { id, taskId }): Promise<TaskView> {
    const loaded = await loadInstance(asked, id);
    const context = namingIn(asked, loaded);
    const { db, directory } = context.runtime;
    const stored = (await readTasks(db, id)).find((candidate) => candidate.taskId === taskId);
    // A task that came after the last that they were told of is none to them.
    if (!stored || (loaded.toldUntil !== null && stored.createdAt > loaded.toldUntil)) throw notFound();
    const steps = await readJournal(context, loaded);
    const actor = viewerOf(context);
    const viewer = await viewerAt(context, loaded.instance, stored);
    const whole = await wholeSubmissions(context, loaded);
    const said = saidTo(viewer, actor.personId, whole);
    const [header, summary, submissions, comments, holders, persons, draft] = await Promise.all([
      headerOf(context, loaded, { viewer, said }),
      summaryOf(context, loaded, await guardedFacts(context, loaded.graph, viewer)),
      submissionsOf(context, loaded, { steps, submissions: whole, viewer }),
      commentsOf(context, steps, said),
      directory.holders(stored.candidates),
      directory.persons([stored.assignee, stored.doneBy]),
      readTaskDraft(db, { personId: actor.personId, instanceId: id, taskId }),
      recordAccess(db, { personId: actor.personId, instanceId: id, operation: 'task' }),
    ]);
    const open = loaded.state.tasks[taskId];
    const element = loaded.graph.elements[stored.elementId];
    const formKey = element?.elementType === 'userTask' ? element.formKey : undefined;
    const formHash = formKey ? loaded.graph.forms[formKey] : undefined;
    const questionnaire = formHash ? await context.runtime.definitions.form(formHash) : null;
    const actions = open ? actionsOf(loaded, open, actor) : [];
    const carried = formHash && open && draft ? await openDraft(context, draft, formHash) : null;
    const shown =
      questionnaire &&
      (open
        ? await opened(
            context,
            taskFilling(context, loaded, { task: open, viewer, submissions: whole, laneOf: laneOfTasks(steps), questionnaire }),
            carried?.response ?? null,
          )
        : { ...seenBy(viewer, { questionnaire, whole: NO_ANSWERS }), response: null });
    return {
      summary,
      lines: linesOf(loaded, { steps, submissions: whole, viewer }),
      instance: header,
      taskId,
      elementId: stored.elementId,
      name: elementName(loaded.graph, stored.elementId),
      phase: element?.phase ?? null,
      state: stateOf(stored),
      assignee: stored.assignee ? (persons.get(stored.assignee) ?? null) : null,
      claimedAt: stored.claimedAt,
      holders,
      createdAt: stored.createdAt,
      due: stored.due,
      overdue: stored.overdue || (stored.state === 'open' && stored.due !== null && stored.due < new Date().toISOString()),
      priority: stored.priority,
      actions,
      form: shown && formKey && formHash ? { key: formKey, hash: formHash, questionnaire: shown.questionnaire } : null,
      response: shown?.response ?? null,
      draft: draft && open ? draftSummary(draft) : null,
      carried: carried?.carried ?? null,
      decided:
        stored.state === 'open' || stored.doneAt === null
          ? null
          : {
              by: stored.doneBy ? (persons.get(stored.doneBy) ?? null) : null,
              outcome: outcomeName(loaded.graph, stored.elementId, stored.outcome),
              at: stored.doneAt,
            },
      remark: await remarkOf(context, loaded, { steps, stored, said }),
      answerRemarks: open
        ? await answerRemarks(context, loaded, { task: open, submissions: whole, readAs: (each) => seenBy(viewer, each).response })
        : [],
      submissions,
      comments,
    };
  },
});

/** Of a task that is done its form is shown, and what was answered stands among the submissions. */
const NO_ANSWERS: QuestionnaireResponse = { resourceType: 'QuestionnaireResponse', status: 'completed' };

async function visibleFiles(
  context: Context,
  { instance: { id: instanceId }, toldUntil }: LoadedInstance,
  { submissions, viewer }: Pick<Asked, 'submissions' | 'viewer'>,
): Promise<readonly StoredFile[]> {
  const files = await readFilesOfInstance(context.runtime.db, instanceId);
  const hidden = hiddenFiles(submissions, viewer);
  const isTold = ({ at }: StoredFile): boolean => toldUntil === null || at <= toldUntil;
  return files.filter((file) => file.byPerson === context.standing.person.id || (isTold(file) && !hidden.has(file.id)));
}

function actionsOf({ graph, state }: LoadedInstance, task: TaskState, viewer: Actor): readonly AvailableAction[] {
  const offered = availableActions(describeTask(graph, task), viewer, state);
  if (offered.length === 0) return offered;
  const targets = returnTargets(graph, state, task.taskId);
  return withReturn(
    offered,
    targets.map((elementId) => ({ elementId, name: elementName(graph, elementId) })),
  );
}

export const viewerOf = (context: Context) => ({ personId: context.standing.person.id, principals: context.principals });

const stateOf = (task: StoredTask): TaskView['state'] => (task.state === 'open' ? (task.assignee ? 'claimed' : 'ready') : task.state);

/** The last words before this task was created: why it was returned, declined or asked. */
async function remarkOf(
  context: Context,
  loaded: LoadedInstance,
  { steps, stored, said }: { readonly steps: readonly OpenedStep[]; readonly stored: StoredTask; readonly said: Said },
): Promise<TaskView['remark']> {
  const creating = steps.find((step) =>
    step.opened.events.some((event) => event.type === 'task.created' && event.taskId === stored.taskId),
  );
  const returned = returnOf(steps, stored, creating?.seq ?? 0);
  if (returned) return remarkOfReturn(context, loaded, returned, said);
  if (!creating) return null;
  const { command, events } = creating.opened;
  const asked = events.find((event) => event.type === 'message.correlated' && event.by !== undefined);
  const done = events.find(
    (event) => event.type === 'task.completed' && command.type === 'task.complete' && event.taskId === command.taskId,
  );
  const why = done ?? asked;
  if (why?.type !== 'task.completed' && why?.type !== 'message.correlated') return null;
  if (!why.reason && !why.reasonCode) return null;
  const by: PersonView | null = command.actor.kind === 'person' ? await context.runtime.directory.person(command.actor.personId) : null;
  return {
    by,
    at: command.at,
    taskName: actionOf(loaded.graph, command)?.name ?? elementName(loaded.graph, why.elementId),
    outcome: why.type === 'task.completed' ? outcomeName(loaded.graph, why.elementId, why.outcome) : null,
    reasonCode: codedReason(why, command, loaded.graph),
    reason: why.reason ? said(why.reason, by?.id ?? null) : '',
  };
}

/** The return that brought this task, unless it came by itself since: what is compensated first lies between the two. */
function returnOf(steps: readonly OpenedStep[], { taskId, elementId }: StoredTask, createdSeq: number): OpenedStep | undefined {
  for (const step of steps.filter(({ seq }) => seq <= createdSeq).toReversed()) {
    if (step.opened.events.some((event) => event.type === 'task.returned' && event.toElementId === elementId)) return step;
    const isOlder = step.opened.events.some(
      (event) => event.type === 'task.created' && event.elementId === elementId && event.taskId !== taskId,
    );
    if (isOlder) return undefined;
  }
  return undefined;
}

async function remarkOfReturn(
  context: Context,
  { graph }: LoadedInstance,
  { opened }: OpenedStep,
  said: Said,
): Promise<TaskView['remark']> {
  const event = opened.events.find(({ type }) => type === 'task.returned');
  if (event?.type !== 'task.returned') return null;
  return {
    by: await context.runtime.directory.person(event.by),
    at: opened.command.at,
    taskName: elementName(graph, event.elementId),
    outcome: RETURNED.name,
    reasonCode: null,
    reason: event.reason && said(event.reason, event.by),
  };
}

/** Messages that the diagram offers to this person now, and what everybody in the instance may do. */
function instanceActions(context: Context, { graph, state, instance }: LoadedInstance): readonly InstanceAction[] {
  const sendable = Object.values(state.subscriptions).flatMap((subscription): InstanceAction[] => {
    const mayNow = subscription.senders?.some((sender) => context.principals.includes(sender)) ?? false;
    const element = graph.elements[subscription.targetId];
    const action = element && 'action' in element ? element.action : undefined;
    if (!mayNow || !action) return [];
    const { code, name, tone, reason, asks = [] } = action;
    return [{ kind: 'send', code, name, tone, reason, asks, disabled: refuseWhileUnderWay(action, state) }];
  });
  // Nothing moves while it is suspended; what may still be added is.
  if (state.suspended) return [{ kind: 'comment' }, { kind: 'cc' }];
  const unique = [...new Map(sendable.map((action) => [action.kind === 'send' ? action.code : '', action])).values()];
  const isApplicant = instance.applicantId === context.standing.person.id;
  const canUrge = state.status === 'active' && isApplicant && Object.keys(state.tasks).length > 0;
  return [...unique, { kind: 'comment' }, { kind: 'cc' }, ...(canUrge ? [{ kind: 'urge' } as const] : [])];
}
