/** The people of the five-step loop, each signed in once; many instances pass through their hands at the same time. */
import { randomUUID } from 'node:crypto';
import type { InboxPage } from '#api/views/inbox.ts';
import type { CommandAnswer, ServiceFormView } from '#api/views.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { Stack } from '../support/stack.ts';
import { QuickClient } from './quick-client.ts';

export const APPLICANT = 'wutong';
/** Who works at each step of `five-steps.bpmn`, in order. */
export const STEPS = [
  { elementId: 'review', signInName: 'hejing' },
  { elementId: 'execute', signInName: 'dongliang' },
  { elementId: 'evaluate-executor', signInName: 'dongliang' },
  { elementId: 'evaluate-applicant', signInName: APPLICANT },
  { elementId: 'quality', signInName: 'tangmin' },
] as const;

export interface People {
  readonly clients: ReadonlyMap<string, QuickClient>;
  readonly form: ServiceFormView['form'];
}

export async function signInPeople(stack: Pick<Stack, 'baseUrl'>): Promise<People> {
  const clients = new Map<string, QuickClient>();
  for (const name of [APPLICANT, ...STEPS.map((step) => step.signInName)])
    if (!clients.has(name)) clients.set(name, await QuickClient.signIn(stack.baseUrl, name));
  const { form } = await clientOf({ clients }, APPLICANT).get<ServiceFormView>('/api/services/five-steps');
  return { clients, form };
}

export function clientOf(people: Pick<People, 'clients'>, name: string): QuickClient {
  const client = people.clients.get(name);
  if (!client) throw new Error(`${name} is not signed in.`);
  return client;
}

export const startInstance = (people: People): Promise<CommandAnswer> =>
  clientOf(people, APPLICANT).post<CommandAnswer>('/api/instances', {
    commandId: randomUUID(),
    serviceKey: 'five-steps',
    formHash: people.form.hash,
    response: RESPONSE,
  });

/** Asks for the first page of the group's inbox until the instance stands there, as a live list would show it. */
export async function untilVisible(client: QuickClient, started: CommandAnswer): Promise<string> {
  for (;;) {
    const { rows } = await client.get<InboxPage>(`/api/inbox?list=claimable&serviceKey=five-steps&limit=50&q=${started.number}`);
    const taskId = rows.find((row) => row.instanceId === started.instanceId)?.taskId;
    if (taskId) return taskId;
  }
}

export const claim = (client: QuickClient, instanceId: string, taskId: string): Promise<CommandAnswer> =>
  client.post(`/api/instances/${instanceId}/tasks/${taskId}/claim`, { commandId: randomUUID() });

export const complete = (people: People, client: QuickClient, instanceId: string, taskId: string): Promise<CommandAnswer> =>
  client.post(`/api/instances/${instanceId}/tasks/${taskId}/complete`, {
    commandId: randomUUID(),
    outcome: 'done',
    formHash: people.form.hash,
    response: RESPONSE,
  });

const SENTENCE = '患者三天前受凉后出现发热、咳嗽、咳痰，体温最高三十九度，伴胸闷气促。';
const ANSWERS = {
  subject: { valueString: '发热待查' },
  complaint: { valueString: SENTENCE },
  history: { valueString: SENTENCE.repeat(3) },
  findings: { valueString: SENTENCE },
  temperature: { valueDecimal: 38.5 },
  pulse: { valueInteger: 96 },
  onset: { valueDate: '2026-11-18' },
  isUrgent: { valueBoolean: false },
  score: { valueCoding: { code: '4', display: '4' } },
  note: { valueString: '无' },
};

/** Ten fields, about 0.9 KB of answers: what the peers' figures were taken with. */
const RESPONSE: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: Object.entries(ANSWERS).map(([linkId, answer]) => ({ linkId, answer: [answer] })),
};
