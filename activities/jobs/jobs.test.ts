/** Jobs through the whole path: door, relay, Temporal, and the API for remote workers. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ActivatedJob, IncidentsView, JobAnswer, RetriesView } from '#api/views/jobs.ts';
import { SAMPLE_PASSWORD } from '#bin/seed/people.ts';
import type { JsonObject } from '#core/json.ts';
import { VALUES_BYTES_MAX } from '#core/process/sizes.ts';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { endEvent, startEvent, userTask } from '#test/support/bpmn.ts';
import { clearTextHits } from '#test/support/clear-text.ts';
import { historyContains, historyOf } from '#test/support/history.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { aRelay } from '#test/support/relay.ts';
import { aTestWorker, type TestWorker } from '#test/support/temporal-worker.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { createActivities } from '../index.ts';
import { secretsFrom } from './http/secrets.ts';
import { httpHandlers } from './index.ts';
import type { JobHandler } from './jobs.ts';
import { offerTo } from './offer.ts';

const OPERATOR = 'p-kang-ning';
const WORKER = 'p-lis-interface';
const SECRET = 'schluessel-5d0f';
const CANARY = '血气分析';

let world: World;
let temporal: TestWorker;
let stopRelay: () => Promise<void>;
let worker: ApiCaller;
let operator: ApiCaller;
const handlers = new Map<string, JobHandler>();
/** How often offering a job of type `once` fails. */
let failNextOffers = 0;

/** What the laboratory heard, and what it answers. */
const calls: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
let answers: readonly number[] = [];
const laboratory = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += String(part);
  calls.push({ headers: request.headers, body });
  const status = answers[calls.length - 1] ?? 201;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'o7', echo: request.headers.authorization }));
});

const input = (target: string, source: string) => `<zeebe:input source="${source.replaceAll('"', '&quot;')}" target="${target}" />`;
const header = (key: string, value: string) => `<zeebe:header key="${key}" value="${value.replaceAll('"', '&quot;')}" />`;
interface Drawn {
  readonly retries?: number;
  readonly inputs?: readonly string[];
  readonly headers?: readonly string[];
}
const job = (type: string, { retries = 3, inputs = [], headers = [] }: Drawn = {}) =>
  `<bpmn:serviceTask id="work" name="work"><bpmn:extensionElements><zeebe:taskDefinition type="${type}" retries="${retries}" />` +
  `<zeebe:ioMapping>${inputs.join('')}</zeebe:ioMapping><zeebe:taskHeaders>${headers.join('')}</zeebe:taskHeaders>` +
  '</bpmn:extensionElements></bpmn:serviceTask>';
const caught = '<bpmn:boundaryEvent id="caught" attachedToRef="work"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>';

/** A job, then a person's task, so that the instance goes on afterwards. */
const deployed = (key: string, task: string) =>
  deployProbe(world, key, `${startEvent}${task}${userTask('ask')}${endEvent()}`, 'start > work > ask > end');

beforeAll(async () => {
  world = await aWorld();
  await new Promise<void>((resolve) => laboratory.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(laboratory.address() as AddressInfo).port}`;
  const http = { hosts: [address], responseBytesMax: 10_000, secrets: secretsFrom({ LAB: SECRET }) };
  // Without encryption, so that a history shows what is in it.
  temporal = await aTestWorker({
    activities: createActivities({
      door: world.door,
      jobs: { ...httpHandlers(http), inside: (asked) => handlers.get(asked.instanceId)?.(asked) ?? Promise.resolve({}) },
      async offerJob(offer) {
        if (offer.jobType === 'once' && failNextOffers > 0) {
          failNextOffers -= 1;
          throw new Error('The database is away.');
        }
        await offerTo(world.db)(offer);
      },
    }),
  });
  stopRelay = aRelay(world, temporal).stop;
  [worker, operator] = await Promise.all([world.signIn(WORKER), world.signIn(OPERATOR)]);
  await deployed('job-inside', job('inside', { headers: [header('retryBackoff', 'PT0.4S')] }));
  // A note that comes to look like a secret only at run time, as what a person types may.
  const call = [
    input('url', `http://${address}/orders`),
    input('method', 'POST'),
    input('authentication.type', 'bearer'),
    input('authentication.token', '{{secrets.LAB}}'),
    input('body', `={test: "${CANARY}", note: "{{secrets" + ".LAB}}"}`),
  ];
  const mapped = [
    header('resultVariable', 'answer'),
    header('resultExpression', '={orderId: response.body.id}'),
    header('retryBackoff', 'PT0.1S'),
  ];
  await deployed('job-http', job('http', { inputs: call, headers: mapped }));
  await deployed('job-http-elsewhere', job('http', { inputs: [input('url', 'https://elsewhere.example/')] }));
  for (const type of ['print', 'label', 'race', 'scan', 'ward', 'order', 'big', 'other']) await deployed(`job-${type}`, job(type));
  await deployProbe(
    world,
    'job-refused',
    `${startEvent}${job('refused')}${caught}${userTask('ask')}${userTask('mend')}${endEvent()}`,
    'start > work > ask > end',
    'caught > mend > end',
  );
  await operator.put(`/api/operations/workers/${WORKER}/job-types`, {
    jobTypes: ['print', 'label', 'race', 'scan', 'ward', 'order', 'big', 'refused', 'once'],
  });
});
afterEach(() => {
  handlers.clear();
  calls.length = 0;
  answers = [];
});
afterAll(async () => {
  await stopRelay();
  await temporal.stop();
  laboratory.close();
  await world.stop();
});

async function activate(type: string, more: JsonObject = {}): Promise<readonly ActivatedJob[]> {
  const answer = await worker.post('/api/jobs/activate', { type, worker: 'w1', requestTimeout: 20_000, ...more });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.jobs;
}

async function activateOne(type: string, more: JsonObject = {}): Promise<ActivatedJob> {
  const [found] = await activate(type, more);
  if (!found) throw new Error(`No job of type ${type} came.`);
  return found;
}

async function tell(key: string, what: 'complete' | 'fail' | 'error', body: JsonObject = {}): Promise<JobAnswer> {
  const answer = await worker.post(`/api/jobs/${key}/${what}`, body);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

const openTasks = async (id: string) => Object.values((await world.state(id)).tasks).map(({ elementId }) => elementId);
const untilAt = (id: string, elementId: string) => until(`${elementId} is open`, async () => (await openTasks(id)).includes(elementId));
const incidentOf = (id: string) => until('an incident is raised', async () => Object.values((await world.state(id)).incidents)[0]);
const eventTypes = async (id: string) => (await world.journal(id)).flatMap(({ opened }) => opened.events.map(({ type }) => type));
const variablesOf = async (id: string): Promise<JsonObject> => (await world.state(id)).elements[1]?.variables ?? {};
const confirmed = (id: string) =>
  until('the workflow has confirmed every step', async () => {
    const [row] = await world.asOwner<{ done: boolean }>(
      'select confirmed_seq = last_seq and not stopped as done from relay where instance_id = $1',
      [id],
    );
    return row?.done;
  });

describe('a job with a handler in the worker', () => {
  it('is done after two failures, each waiting the back-off of the diagram', async () => {
    const id = await startProbe(world, 'job-inside');
    const attempts: number[] = [];
    handlers.set(id, async () => {
      attempts.push(Date.now());
      if (attempts.length < 3) throw new Error('The printer is out of paper.');
      return { printed: true };
    });
    await untilAt(id, 'ask');
    const [first = 0, second = 0, third = 0] = attempts;
    expect(attempts).toHaveLength(3);
    for (const wait of [second - first, third - second]) {
      expect(wait).toBeGreaterThanOrEqual(390);
      expect(wait).toBeLessThan(20_000);
    }
    expect(await variablesOf(id)).toMatchObject({ printed: true });
    expect(await eventTypes(id)).not.toContain('job.failed');
    await confirmed(id);
  });

  it('that fails as often as it may is an incident that says which attempt it was, and why', async () => {
    const id = await startProbe(world, 'job-inside');
    handlers.set(id, async () => Promise.reject(new Error('The printer is out of paper.')));
    expect(await incidentOf(id)).toMatchObject({ code: 'job-failed', message: 'Attempt 3 of 3: The printer is out of paper.' });
    handlers.delete(id);
    const { incidentId } = await incidentOf(id);
    await world.call(OPERATOR, 'retryIncident', { id, incidentId, commandId: randomUUID() });
    await untilAt(id, 'ask');
    await confirmed(id);
  });
});

describe('an HTTP call that the diagram declares', () => {
  it('is made with its secrets, which stand nowhere afterwards', async () => {
    answers = [503, 201];
    const id = await startProbe(world, 'job-http');
    await untilAt(id, 'ask');
    await confirmed(id);
    expect(calls).toHaveLength(2);
    expect(calls.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${SECRET}`, `Bearer ${SECRET}`]);
    expect(new Set(calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(calls[1]?.headers['idempotency-key']).toMatch(new RegExp(`^${id}:\\d+:\\d+$`));
    expect(JSON.parse(calls[1]?.body ?? '')).toEqual({ test: CANARY, note: '{{secrets.LAB}}' });
    expect(await variablesOf(id)).toMatchObject({ orderId: 'o7', answer: { status: 201, body: { echo: 'Bearer [secret]' } } });

    const journal = JSON.stringify(await world.journal(id));
    const history = await historyOf(temporal.client, id);
    expect(journal).toContain(CANARY);
    expect(historyContains(history, CANARY)).toBe(true);
    expect(journal).not.toContain(SECRET);
    expect(historyContains(history, SECRET)).toBe(false);
    expect(await clearTextHits(world.asOwner, SECRET)).toEqual([]);
    expect(JSON.stringify(await world.state(id))).not.toContain(SECRET);
  });

  it('that is refused is an incident at once, without a second call and without the secret', async () => {
    answers = [401];
    const id = await startProbe(world, 'job-http');
    const incident = await incidentOf(id);
    expect(incident.message).toMatch(/^Attempt 1 of 3: 127\.0\.0\.1:\d+ answers 401\..*retry\.$/);
    expect(calls).toHaveLength(1);
    expect(historyContains(await historyOf(temporal.client, id), SECRET)).toBe(false);
  });

  it('to a host that is not listed is an incident that names the setting', async () => {
    const id = await startProbe(world, 'job-http-elsewhere');
    expect((await incidentOf(id)).message).toMatch(/elsewhere\.example is not among.*JOB_HTTP_HOSTS/);
  });
});

describe('a remote worker', () => {
  it('takes a job, keeps it for longer, and completes it', async () => {
    const id = await startProbe(world, 'job-print');
    const taken = await activateOne('print', { timeout: 60_000 });
    expect(taken).toMatchObject({ type: 'print', instanceId: id, serviceKey: 'job-print', elementId: 'work', retries: 3 });
    expect(taken.variables).toHaveProperty('starter');
    const extended = await worker.post(`/api/jobs/${taken.key}/extend`, { timeout: 3_600_000 });
    expect(Date.parse(extended.body.deadline) - Date.parse(taken.deadline)).toBeGreaterThan(3_000_000);
    expect(await tell(taken.key, 'complete', { variables: { pages: 2 } })).toMatchObject({ instanceId: id, outcome: 'taken' });
    await untilAt(id, 'ask');
    expect(await variablesOf(id)).toMatchObject({ pages: 2 });
    const step = (await world.journal(id)).find(({ commandType }) => commandType === 'job.complete');
    expect(step?.opened.command.actor).toEqual({ kind: 'system', name: 'job', workerId: WORKER });
    await confirmed(id);
  });

  it('that tells it twice is answered twice and heard once', async () => {
    const id = await startProbe(world, 'job-label');
    const { key } = await activateOne('label');
    const first = await tell(key, 'complete', { variables: { n: 1 } });
    expect(await tell(key, 'complete', { variables: { n: 1 } })).toEqual({ ...first, outcome: 'repeated' });
    expect((await worker.post(`/api/jobs/${key}/complete`, { variables: { n: 2 } })).status).toBe(409);
    expect((await eventTypes(id)).filter((type) => type === 'job.completed')).toHaveLength(1);
  });

  it('waits for a job that does not exist yet, and is given it when it comes', async () => {
    const waiting = activateOne('label', { fetchVariables: ['zone'] });
    const id = await startProbe(world, 'job-label');
    const taken = await waiting;
    expect(taken.instanceId).toBe(id);
    expect(taken.variables).toEqual({ zone: 'Asia/Shanghai' });
    await tell(taken.key, 'complete');
  });

  it('is offered the job however often that fails, and the job loses no attempt by it', async () => {
    await deployed('job-once', job('once', { retries: 1 }));
    failNextOffers = 2;
    const id = await startProbe(world, 'job-once');
    const taken = await activateOne('once');
    expect(taken).toMatchObject({ instanceId: id, retries: 1 });
    expect(failNextOffers).toBe(0);
    await tell(taken.key, 'complete');
    await untilAt(id, 'ask');
    await confirmed(id);
  });

  it('of two that ask at once only one is given the job', async () => {
    const ids = await Promise.all([startProbe(world, 'job-race'), startProbe(world, 'job-race'), startProbe(world, 'job-race')]);
    const taken: ActivatedJob[] = [];
    while (taken.length < ids.length) {
      const asked = await Promise.all([1, 2, 3, 4].map((n) => activate('race', { worker: `w${n}`, maxJobs: 2, requestTimeout: 500 })));
      taken.push(...asked.flat());
    }
    expect(taken.map(({ instanceId }) => instanceId).sort()).toEqual([...ids].sort());
    expect(await activate('race', { requestTimeout: 0 })).toEqual([]);
  });

  it('that does not come back loses the job to the next one, and its late result is recorded and changes nothing', async () => {
    const id = await startProbe(world, 'job-scan');
    const first = await activateOne('scan', { timeout: 1_000 });
    const second = await activateOne('scan', { worker: 'w2' });
    expect(second.key.split('.')[0]).toBe(first.key.split('.')[0]);
    expect(second.key).not.toBe(first.key);
    for (const [what, body] of [
      ['extend', { timeout: 60_000 }],
      ['fail', { message: '扫描仪离线' }],
    ] as const) {
      const answer = await worker.post(`/api/jobs/${first.key}/${what}`, body);
      expect([answer.status, answer.body.code]).toEqual([409, 'lease-lost']);
    }
    expect(await tell(second.key, 'complete', { variables: { by: 'second' } })).toMatchObject({ outcome: 'taken' });
    expect(await tell(first.key, 'complete', { variables: { by: 'first' } })).toMatchObject({ outcome: 'late' });
    expect(await variablesOf(id)).toMatchObject({ by: 'second' });
    expect((await eventTypes(id)).filter((type) => type.startsWith('job.'))).toEqual(['job.created', 'job.completed', 'job.late']);
    await confirmed(id);
  });

  it('that fails is given the job again after the back-off, until no attempt is left', async () => {
    const id = await startProbe(world, 'job-ward');
    const first = await activateOne('ward');
    expect(await tell(first.key, 'fail', { message: '网络中断', retryBackoff: 'PT1.5S' })).toMatchObject({ outcome: 'taken' });
    const failedAt = Date.now();
    const second = await activateOne('ward');
    expect(Date.now() - failedAt).toBeGreaterThan(1_300);
    expect(second).toMatchObject({ instanceId: id, retries: 2 });
    await tell(second.key, 'fail', { message: '网络中断', retries: 0 });
    expect(await incidentOf(id)).toMatchObject({ code: 'job-failed', message: '网络中断' });
    await confirmed(id);
  });

  it('reports an answer that the diagram catches', async () => {
    const id = await startProbe(world, 'job-refused');
    const { key } = await activateOne('refused');
    await tell(key, 'error', { errorCode: 'REJECTED', message: '标本不合格' });
    await untilAt(id, 'mend');
    const thrown = (await world.journal(id)).flatMap(({ opened }) => opened.events).find(({ type }) => type === 'error.thrown');
    expect(thrown).toMatchObject({ errorCode: 'REJECTED', caughtById: 'caught' });
    await confirmed(id);
  });

  it('whose result is too large makes an incident that says the limit', async () => {
    const id = await startProbe(world, 'job-big');
    const { key } = await activateOne('big');
    await tell(key, 'complete', { variables: { scan: 'x'.repeat(VALUES_BYTES_MAX) } });
    expect((await incidentOf(id)).message).toContain(String(VALUES_BYTES_MAX));
    await confirmed(id);
  });

  it('may take only what an operator gave it, and sees nothing of the rest', async () => {
    const id = await startProbe(world, 'job-other');
    const waiting = await until('the job is offered', async () => {
      const { types } = (await operator.get('/api/operations/jobs')).body;
      return types.find((type: { readonly jobType: string }) => type.jobType === 'other');
    });
    expect(waiting).toMatchObject({ waiting: 1, leased: 0 });
    const asked = await worker.post('/api/jobs/activate', { type: 'other', worker: 'w1' });
    expect([asked.status, asked.body]).toEqual([422, { code: 'job-type-not-given', data: { type: 'other' } }]);
    const [row] = await world.asOwner<{ id: string }>('update remote_job set lease_no = 1 where instance_id = $1 returning id', [id]);
    const told = await worker.post(`/api/jobs/${row?.id}.1/complete`, {});
    expect([told.status, told.body]).toEqual([404, { code: 'not-found' }]);
    expect((await worker.get(`/api/instances/${id}`)).status).toBe(404);
    expect((await operator.put('/api/operations/workers/p-wu-tong/job-types', { jobTypes: ['other'] })).body.code).toBe('not-a-worker');
  });

  it('that is a program signs in for a token and sends no cookie', async () => {
    const signedIn = await world.caller().post('/api/auth/sign-in/username', { username: 'lisinterface', password: SAMPLE_PASSWORD });
    const token = signedIn.headers.get('set-auth-token') ?? '';
    expect(token).not.toBe('');
    const answer = await world.caller().request('POST', '/api/jobs/activate', {
      body: { type: 'order', worker: 'w1' },
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, answer.body]).toEqual([200, { jobs: [] }]);
    const forged = { authorization: `Bearer ${token.slice(0, -4)}AAAA` };
    expect((await world.caller().request('GET', '/api/me', { headers: forged })).status).toBe(401);
    const inBrowser = await world.caller().request('POST', '/api/auth/sign-in/username', {
      body: { username: 'lisinterface', password: SAMPLE_PASSWORD },
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect(inBrowser.headers.get('set-auth-token')).toBeNull();
  });
});

describe('incidents in bulk', () => {
  it('are listed with what failed, retried each on its own, and done', async () => {
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.push(await startProbe(world, 'job-order'));
    for (const _ of ids) await tell((await activateOne('order')).key, 'fail', { message: '医嘱系统维护中', retries: 0 });
    const listed: IncidentsView = (await operator.get('/api/incidents?serviceKey=job-order&limit=3')).body;
    expect(listed.rows).toHaveLength(3);
    expect(listed.rows[0]).toMatchObject({ elementId: 'work', code: 'job-failed', reason: '医嘱系统维护中', serviceKey: 'job-order' });
    expect(listed.groups).toContainEqual({ serviceKey: 'job-order', elementId: 'work', code: 'job-failed', count: 5 });
    const rest: IncidentsView = (
      await operator.get(`/api/incidents?serviceKey=job-order&limit=3&after=${encodeURIComponent(listed.next ?? '')}`)
    ).body;
    expect(new Set([...listed.rows, ...rest.rows].map(({ instanceId }) => instanceId))).toEqual(new Set(ids));

    const commandId = randomUUID();
    const results: RetriesView['results'][number][] = [];
    let next: string | null | undefined;
    const left: number[] = [];
    do {
      const answer = await operator.post('/api/incidents/retry', {
        commandId,
        serviceKey: 'job-order',
        code: 'job-failed',
        limit: 2,
        ...(next ? { after: next } : {}),
      });
      expect(answer.status, answer.text).toBe(200);
      results.push(...answer.body.results);
      left.push(answer.body.left);
      next = answer.body.next;
    } while (next);
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('retried'));
    expect(left).toEqual([3, 1, 0]);
    for (const _ of ids) await tell((await activateOne('order')).key, 'complete');
    for (const id of ids) await untilAt(id, 'ask');
    expect((await operator.get('/api/incidents?serviceKey=job-order')).body.rows).toEqual([]);
    const again: RetriesView = (
      await operator.post('/api/incidents/retry', {
        commandId: randomUUID(),
        incidents: listed.rows.map(({ instanceId, incidentId }) => ({ instanceId, incidentId })),
      })
    ).body;
    expect(again.results.map(({ outcome, code }) => [outcome, code])).toEqual(Array(3).fill(['refused', 'unknown-incident']));
  });
});
