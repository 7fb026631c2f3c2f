/**
 * Sentinels and a registry in the sample network, through the product as its people would: sites designated, a week reported in part, a limit crossed, a single case;
 * a discharge list and a case on its way. Walked twice it changes nothing.
 */
import { setTimeout } from 'node:timers/promises';
import type { ListedView, OpenedCaseView, RegistryDiseasePage } from '#api/views/registry.ts';
import type { SurveillanceTopicPage } from '#api/views/surveillance.ts';
import type { ErrorView, InstanceView, ServiceFormView, TaskView } from '#api/views.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { ApiClient, ApiError } from '../api-client.ts';
import { personOf } from './people.ts';
import { type Answers, respond } from './respond.ts';

const OFFICER = 'p-xi-he';
const WEEKLY = '/api/surveillance/topics/influenza-like';
const DAILY = '/api/surveillance/topics/unexplained-pneumonia';
const WEEKLY_SITES = ['org-shitan', 'org-luyuan', 'org-qingling', 'org-nanmen'];
const DAILY_SITES = ['org-shitan', 'org-qingling'];
const SINCE = '2026-01-01';
const LOOK_MS = 500;
/** A worker opens a period within seconds; where there is none the sample goes without its reports. */
const PATIENCE_MS = 90_000;

export async function walkOversight(baseUrl: string, now: Date, patienceMs = PATIENCE_MS): Promise<void> {
  const people = new People(baseUrl);
  await designate(people);
  await reportWeek(people, patienceMs);
  await reportCase(people, now);
  await listDischarges(people, now);
}

class People {
  readonly #baseUrl: string;
  readonly #clients = new Map<string, Promise<ApiClient>>();

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  as(personId: string): Promise<ApiClient> {
    const known = this.#clients.get(personId);
    if (known) return known;
    const client = new ApiClient(this.#baseUrl);
    const made = client.signIn(personOf(personId).signInName).then(() => client);
    this.#clients.set(personId, made);
    return made;
  }
}

async function designate(people: People): Promise<void> {
  const officer = await people.as(OFFICER);
  const sites = [...WEEKLY_SITES.map((id) => [WEEKLY, id] as const), ...DAILY_SITES.map((id) => [DAILY, id] as const)];
  for (const [topic, organisationId] of sites)
    await officer.post(`${topic}/sites`, { organisationId, from: SINCE, to: null }).catch(passWhen('site-on-roster'));
}

/** Last week: one over the limit, one within, one zero; the fourth has not reported. */
async function reportWeek(people: People, patienceMs: number): Promise<void> {
  const officer = await people.as(OFFICER);
  const { topic } = await officer.get<SurveillanceTopicPage>(WEEKLY);
  const period = topic.nextPeriod;
  await officer.post(`${WEEKLY}/periods`, { period, commandId: commandIdOf('sample', 'sentinel', period) });
  const reports: Readonly<Record<string, Answers>> = {
    'org-shitan': {
      'report.zero': false,
      'report.cases': 14,
      'report.suspected': 3,
      'report.deaths': 0,
      'report.samples': 20,
      'report.positives': 5,
    },
    'org-qingling': { 'report.zero': false, 'report.cases': 6, 'report.deaths': 0, 'report.samples': 12, 'report.positives': 1 },
    'org-luyuan': { 'report.zero': true },
  };
  const rows = await within(async () => {
    const page = await officer.get<SurveillanceTopicPage>(`${WEEKLY}?period=${period}`).catch(() => null);
    return page && page.rows.length >= WEEKLY_SITES.length ? page.rows : null;
  }, patienceMs);
  for (const { organisation, instanceId, counts } of rows ?? []) {
    const answers = reports[organisation.id];
    if (!answers || counts) continue;
    await perform(people, {
      by: organisation.id.replace(/^org-(.*)$/, 'p-$1-reporter'),
      instanceId,
      elementId: 'enter',
      outcome: 'submit',
      answers,
    });
  }
}

async function reportCase(people: People, now: Date): Promise<void> {
  const by = 'p-qingling-reporter';
  const reporter = await people.as(by);
  const { form } = await reporter.get<ServiceFormView>('/api/services/sentinel-warning');
  const answers: Answers = {
    'case.topic': 'unexplained-pneumonia',
    'case.id': 'QL-0001',
    'case.onset': daysBefore(now, 3),
    'case.place': '青岭市东城街道',
    'case.diagnosis': 'J18.9 肺炎，病原待定',
    'case.lab': 'pending',
    'case.outcome': 'alive',
    'case.contacts': [{ relation: '家人', lastContact: daysBefore(now, 1), state: 'well' }],
  };
  // On another day its dates are others, and it is reported already.
  await reporter
    .post('/api/instances', {
      commandId: commandIdOf('sample', 'sentinel-case'),
      serviceKey: 'sentinel-warning',
      formHash: form.hash,
      response: respond(form.questionnaire, answers, by),
    })
    .catch(passWhen('command-reused'));
}

/** Six stays: one with a case that is being entered, one whose days are over. */
async function listDischarges(people: People, now: Date): Promise<void> {
  const reporter = await people.as('p-shitan-reporter');
  const rows = [
    { stayNumber: 'ZY260101', icd: 'J18.9', dischargedOn: daysBefore(now, 2), department: '呼吸内科' },
    { stayNumber: 'ZY260102', icd: 'J15.7', dischargedOn: daysBefore(now, 5), department: '呼吸内科' },
    { stayNumber: 'ZY260103', icd: 'J18.0', dischargedOn: daysBefore(now, 20), department: '老年科' },
    { stayNumber: 'ZY260104', icd: 'I21.1', dischargedOn: daysBefore(now, 4), department: '心内科' },
    { stayNumber: 'ZY260105', icd: 'I21.0', dischargedOn: daysBefore(now, 1), department: '心内科' },
    { stayNumber: 'ZY260106', icd: 'K35.8', dischargedOn: daysBefore(now, 1), department: '普外科' },
  ];
  const { results } = await reporter.post<ListedView>('/api/registry/stays', { rows });
  const [first] = results;
  if (!first || !('stayId' in first)) return;
  const { instanceId } = await reporter.post<OpenedCaseView>(`/api/registry/stays/${first.stayId}/case`, {});
  const { stays } = await reporter.get<RegistryDiseasePage>('/api/registry/cap');
  if (stays.find(({ id }) => id === first.stayId)?.stage !== 'assigning') return;
  const answers: Answers = { 'assignment.person': 'p-shitan-reporter' };
  await perform(people, { by: 'p-shitan-head', instanceId, elementId: 'assign', outcome: 'assign', answers });
}

interface Deed {
  readonly by: string;
  readonly instanceId: string;
  readonly elementId: string;
  readonly outcome: string;
  readonly answers: Answers;
}

async function perform(people: People, { by, instanceId, elementId, outcome, answers }: Deed): Promise<void> {
  const client = await people.as(by);
  const { header } = await client.get<InstanceView>(`/api/instances/${instanceId}`);
  const open = header.waitingFor.find((waiting) => waiting.elementId === elementId);
  if (!open?.taskId) return;
  const task = `/api/instances/${instanceId}/tasks/${open.taskId}`;
  const commandId = commandIdOf('sample', instanceId, elementId);
  if (open.assignee === null) await client.post(`${task}/claim`, { commandId: commandIdOf('sample', instanceId, elementId, 'claim') });
  const { form } = await client.get<TaskView>(task);
  const answered = form ? { formHash: form.hash, response: respond(form.questionnaire, answers, by) } : {};
  await client.post(`${task}/complete`, { commandId, outcome, ...answered });
}

const passWhen =
  (code: string) =>
  (error: unknown): void => {
    if (!(error instanceof ApiError) || (error.answer.body as Partial<ErrorView>).code !== code) throw error;
  };

async function within<Found>(look: () => Promise<Found | null>, patienceMs: number): Promise<Found | null> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== null || Date.now() > end) return found;
    await setTimeout(LOOK_MS);
  }
}

const daysBefore = (now: Date, days: number): string =>
  new Date(now.getTime() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
