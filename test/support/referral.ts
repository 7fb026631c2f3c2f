/** Builds referrals that stand where a test wants them, as the two hospitals and the platform would bring them there: never by writing rows. */
import { randomUUID } from 'node:crypto';
import type { CommandAnswer } from '#api/views.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import type { TaskState } from '#core/process/state.ts';
import { whoMay } from './consult.ts';
import { fillForm } from './fill-form.ts';
import type { World } from './world.ts';

type AtWork = Pick<World, 'call' | 'state'>;
type AnswersByLink = Readonly<Record<string, readonly AnswerValue[]>>;

export const SENDER = 'p-zhou-yan';
export const RECEIVER = 'p-qi-an';
export const PATIENT = '测试患者转诊';

const coding = (system: string, code: string): readonly AnswerValue[] => [
  { valueCoding: { system: `https://bihuan.dev/fhir/CodeSystem/${system}`, code } },
];
const organisation = (id: string): readonly AnswerValue[] => [{ valueReference: { reference: `Organization/${id}` } }];

/** Up from a county to the lead hospital: the dispatcher chooses it, and the patient has consented to it. */
const ANSWERS: AnswersByLink = {
  'patient.name': [{ valueString: PATIENT }],
  'referral.direction': coding('referral-direction', 'up'),
  'referral.urgency': coding('urgency', 'routine'),
  'consent.recipients': organisation('org-lead'),
  'dispatch.organisation': organisation('org-lead'),
  'record.kind': coding('referral-arrangement', 'admission'),
  'record.startsAt': [{ valueDateTime: new Date(Date.now() + 48 * 60 * 60 * 1_000).toISOString() }],
  'record.department': [{ valueReference: { reference: 'Organization/d-lead-respiratory' } }],
  'record.text': [{ valueString: '病情平稳' }],
  'applicantEvaluation.problem': [],
};

export interface Decision {
  readonly does: string;
  readonly outcome: string;
  readonly by?: string;
  readonly reason?: string;
  readonly reasonCode?: string;
  readonly answers?: AnswersByLink;
}

const COMPLETED: readonly Decision[] = [
  { does: 'review', outcome: 'approve' },
  { does: 'dispatch', outcome: 'override', reason: '患者选择' },
  { does: 'triage', outcome: 'accept' },
  { does: 'arrange', outcome: 'schedule' },
  { does: 'prepare', outcome: 'ready' },
  { does: 'attend', outcome: 'arrived' },
  { does: 'treat', outcome: 'complete' },
];

/** The ordinary way until a task of the element is open. */
export const wayTo = (elementId: string): readonly Decision[] => {
  const end = COMPLETED.findIndex(({ does }) => does === elementId);
  return end < 0 ? COMPLETED : COMPLETED.slice(0, end);
};

export async function aReferral(world: AtWork, decisions: readonly Decision[] = []): Promise<string> {
  const { form } = await world.call(SENDER, 'serviceForm', { key: 'referral' });
  const response = fillForm(form.questionnaire, { personId: SENDER, answers: ANSWERS });
  const { instanceId } = await world.call(SENDER, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'referral',
    formHash: form.hash,
    response,
  });
  for (const decision of decisions) await decideIn(world, instanceId, decision);
  return instanceId;
}

/** As whoever may, claimed before; the form filled in as it asks. */
export async function decideIn(
  world: AtWork,
  id: string,
  { does, by, outcome, reason, reasonCode, answers }: Decision,
): Promise<CommandAnswer> {
  const task = await openTask(world, id, does);
  const { taskId } = task;
  const personId = by ?? whoMay(task);
  if (task.assignee !== personId) await world.call(personId, 'claimTask', { id, taskId, commandId: randomUUID() });
  const { form } = await world.call(personId, 'task', { id, taskId });
  return world.call(personId, 'completeTask', {
    id,
    taskId,
    commandId: randomUUID(),
    outcome,
    ...(reason && { reason }),
    ...(reasonCode && { reasonCode }),
    ...(form && {
      formHash: form.hash,
      response: fillForm(form.questionnaire, { personId, answers: { ...ANSWERS, ...answers } }),
    }),
  });
}

const decide =
  (...decisions: readonly Decision[]) =>
  async (world: AtWork, id: string): Promise<void> => {
    for (const decision of decisions) await decideIn(world, id, { by: RECEIVER, ...decision });
  };

export const askForCancellation = (world: AtWork, id: string): Promise<unknown> =>
  world.call(SENDER, 'sendAction', { id, code: 'request-cancel', commandId: randomUUID(), reasonCode: 'other' });

/** States of the life cycle that HL7 BSeR and IHE 360X agree on; a draft is none yet. */
export const REFERRAL_STATES = ['C', 'A', 'D', '511', '512', '513', '514', '52', 'X', 'Z'] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

interface Reached {
  /** The element whose task is open. */
  readonly at: string | null;
  readonly way: readonly Decision[];
  readonly last?: (world: AtWork, id: string) => Promise<unknown>;
}

/** How an instance comes to each state, and where it then waits. */
export const REACHED: Readonly<Record<ReferralState, Reached>> = {
  C: { at: 'triage', way: wayTo('triage') },
  A: { at: 'arrange', way: wayTo('arrange') },
  D: { at: 'reroute', way: wayTo('triage'), last: decide({ does: 'triage', outcome: 'decline', reasonCode: 'no-bed' }) },
  511: { at: 'attend', way: wayTo('attend') },
  512: { at: 'after-no-show', way: wayTo('attend'), last: decide({ does: 'attend', outcome: 'no-show' }) },
  513: { at: 'after-cancelled', way: wayTo('attend'), last: decide({ does: 'attend', outcome: 'visit-cancelled', reasonCode: 'other' }) },
  514: { at: 'treat', way: wayTo('treat') },
  52: { at: 'answer-cancel', way: wayTo('treat'), last: askForCancellation },
  X: {
    at: null,
    way: wayTo('arrange'),
    last: async (world, id) => {
      await askForCancellation(world, id);
      await decideIn(world, id, { does: 'answer-cancel', outcome: 'confirm' });
    },
  },
  Z: { at: 'reply', way: wayTo('end') },
};

export async function referralAt(world: AtWork, state: ReferralState): Promise<string> {
  const { way, last } = REACHED[state];
  const id = await aReferral(world, way);
  await last?.(world, id);
  return id;
}

export async function openTask(world: AtWork, id: string, elementId: string): Promise<TaskState> {
  const { tasks } = await world.state(id);
  const found = Object.values(tasks).find((task) => task.elementId === elementId);
  if (!found) throw new Error(`${elementId} is not open: ${Object.values(tasks).map((task) => task.elementId)}.`);
  return found;
}
