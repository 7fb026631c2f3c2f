/** Builds consults that stand where a test wants them, through the real operations: never by writing rows. */
import { randomUUID } from 'node:crypto';
import type { CommandAnswer } from '#api/views.ts';
import { PEOPLE, personOf } from '#bin/seed/people.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import type { TaskState } from '#core/process/state.ts';
import { fillForm } from './fill-form.ts';
import type { World } from './world.ts';

type AnswersByLink = Readonly<Record<string, readonly AnswerValue[]>>;

export interface ConsultOptions {
  /** The element whose task is open when the builder is done; absent: it was just submitted. `end`: after the last link. */
  readonly waitingAt?: ConsultElement | 'end';
  readonly applicant?: string;
  readonly patientName?: string;
  readonly answers?: AnswersByLink;
}

/** The ordinary way, and how each task of it is decided. */
const OUTCOMES = {
  review: 'approve',
  dispatch: 'dispatch',
  confirm: 'accept',
  notify: 'publish',
  prepare: 'ready',
  begin: 'start',
  execute: 'done',
  opinion: 'sign',
  'evaluate-executor': 'submit',
  'evaluate-applicant': 'submit',
  quality: 'pass',
} as const;
export type ConsultElement = keyof typeof OUTCOMES;

export interface Consult {
  readonly id: string;
  readonly number: string;
  readonly applicant: string;
  /** The one open task on the element. */
  task(elementId: string): Promise<TaskState>;
  /** Decides the element's open task as somebody who may, claiming it first where it must be. */
  complete(elementId: string, options?: CompleteOptions): Promise<CommandAnswer>;
  /** Goes on until a task of the element is open. */
  advanceTo(waitingAt: ConsultElement | 'end'): Promise<void>;
}

export interface CompleteOptions {
  readonly by?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly reasonCode?: string;
  readonly answers?: AnswersByLink;
}

export const APPLICANT = 'p-wu-tong';

/** What decides the way; everything else is filled in as the form asks for it. */
const ANSWERS: AnswersByLink = {
  'patient.name': [{ valueString: '测试患者' }],
  'consult.subkind': [
    { valueCoding: { system: 'https://bihuan.dev/fhir/CodeSystem/consult-subkind', code: 'difficult', display: '疑难病例会诊' } },
  ],
  'evaluation.problem': [],
};

export async function aConsult(world: World, options: ConsultOptions = {}): Promise<Consult> {
  const { waitingAt, applicant = APPLICANT } = options;
  const started = await world.call(applicant, 'startInstance', await anApplication(world, options));
  const consult = theConsult(world, { id: started.instanceId, number: started.number, applicant });
  if (waitingAt) await consult.advanceTo(waitingAt);
  return consult;
}

/** What `startInstance` is sent. */
export async function anApplication(
  world: World,
  { applicant = APPLICANT, patientName = '测试患者', answers = {} }: Omit<ConsultOptions, 'waitingAt'> = {},
) {
  const { form } = await world.call(applicant, 'serviceForm', { key: 'consult' });
  const response = fillForm(form.questionnaire, {
    personId: applicant,
    answers: {
      ...ANSWERS,
      'patient.name': [{ valueString: patientName }],
      ...answers,
    },
  });
  return { commandId: randomUUID(), serviceKey: 'consult', formHash: form.hash, response };
}

export function theConsult(world: World, { id, number, applicant }: Pick<Consult, 'id' | 'number' | 'applicant'>): Consult {
  const consult: Consult = {
    id,
    number,
    applicant,
    async task(elementId) {
      const { tasks } = await world.state(id);
      const [found, ...more] = Object.values(tasks).filter((task) => task.elementId === elementId);
      if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} tasks are open on ${elementId}: ${openOn(tasks)}.`);
      return found;
    },
    async complete(elementId, { by, outcome, reason, reasonCode, answers } = {}) {
      const task = await consult.task(elementId);
      const personId = by ?? whoMay(task);
      const { taskId } = task;
      if (task.assignee !== personId) await world.call(personId, 'claimTask', { id, taskId, commandId: randomUUID() });
      const { form } = await world.call(personId, 'task', { id, taskId });
      return world.call(personId, 'completeTask', {
        id,
        taskId,
        commandId: randomUUID(),
        outcome: outcome ?? outcomeOf(elementId),
        ...(reason && { reason }),
        ...(reasonCode && { reasonCode }),
        ...(form && {
          formHash: form.hash,
          response: fillForm(form.questionnaire, { personId, answers: { ...ANSWERS, ...answers } }),
        }),
      });
    },
    async advanceTo(waitingAt) {
      for (let count = 0; count < ADVANCES_MAX; count += 1) {
        const { tasks, status } = await world.state(id);
        const open = Object.values(tasks).map((task) => task.elementId);
        if (waitingAt === 'end' ? status !== 'active' : open.includes(waitingAt)) return;
        const next = open.find((elementId) => elementId in OUTCOMES);
        if (!next) throw new Error(`${id} does not come to ${waitingAt}: open are ${openOn(tasks)}.`);
        await consult.complete(next);
      }
      throw new Error(`${id} does not come to ${waitingAt}.`);
    },
  };
  return consult;
}

const ADVANCES_MAX = 20;

function outcomeOf(elementId: string): string {
  const outcome: string | undefined = OUTCOMES[elementId as ConsultElement];
  if (!outcome) throw new Error(`Say the outcome of ${elementId}.`);
  return outcome;
}

const openOn = (tasks: Readonly<Record<string, TaskState>>): string =>
  Object.values(tasks)
    .map((task) => task.elementId)
    .join(', ') || 'none';

/** The holder, or the first candidate that is not excluded. */
export function whoMay(task: TaskState): string {
  if (task.assignee) return task.assignee;
  const found = PEOPLE.find(
    (person) => !task.excluded.includes(person.id) && principalsOf(person.id).some((p) => task.candidates.includes(p)),
  );
  if (!found) throw new Error(`Nobody may do ${task.elementId}: ${task.candidates.join(', ')}.`);
  return found.id;
}

export function principalsOf(personId: string): readonly string[] {
  const { roles, teams } = personOf(personId);
  return [`person:${personId}`, ...roles.map((r) => `role:${r.role}@${r.organisationId}`), ...teams.map((team) => `team:${team}`)];
}
