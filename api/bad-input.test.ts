import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { httpRequest, OPERATION_NAMES, REQUEST_FIELDS, type RequestTarget } from '#test/support/api-requests.ts';
import { aConsult, type Consult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { OPERATIONS, type OperationName } from './operations/index.ts';

let world: World;
let consult: Consult;
let target: RequestTarget;
/** Who may ask the operation at all, so that the input is what is refused. */
const ASKED_BY: Partial<Record<OperationName, string>> = {
  openCycle: 'p-tang-min',
  urgeReports: 'p-tang-min',
  rebaseLimits: 'p-tang-min',
  urgeAdoptions: 'p-tang-min',
  designateSite: 'p-xi-he',
  endDesignation: 'p-xi-he',
  openSentinelPeriod: 'p-xi-he',
  listStays: 'p-shitan-reporter',
  linkStay: 'p-shitan-reporter',
  openCase: 'p-shitan-reporter',
  fillCase: 'p-shitan-reporter',
  auditList: 'p-ye-zhou',
  audit: 'p-ye-zhou',
  auditMoment: 'p-ye-zhou',
  operationsInstances: 'p-kang-ning',
  operatedInstances: 'p-kang-ning',
  operatedInstance: 'p-kang-ning',
  runningFlows: 'p-kang-ning',
  whereabouts: 'p-kang-ning',
  instancesAt: 'p-kang-ning',
  suspendInstance: 'p-kang-ning',
  beginAdHoc: 'p-kang-ning',
  resumeInstance: 'p-kang-ning',
  planInstanceModification: 'p-kang-ning',
  modifyInstance: 'p-kang-ning',
  migrateInstance: 'p-kang-ning',
  migrationProposal: 'p-kang-ning',
  tryMigration: 'p-kang-ning',
  startMigration: 'p-kang-ning',
  migrations: 'p-kang-ning',
  migration: 'p-kang-ning',
  pauseMigration: 'p-kang-ning',
  resolveInstance: 'p-kang-ning',
  retryIncident: 'p-kang-ning',
  cancelInstance: 'p-kang-ning',
  eraseInstance: 'p-kang-ning',
  retention: 'p-kang-ning',
  placeLegalHold: 'p-kang-ning',
  liftLegalHold: 'p-kang-ning',
  incidents: 'p-kang-ning',
  retryIncidents: 'p-kang-ning',
  waitingJobs: 'p-kang-ning',
  setWorkerJobTypes: 'p-kang-ning',
  activateJobs: 'p-lis-interface',
  completeJob: 'p-lis-interface',
  failJob: 'p-lis-interface',
  throwJobError: 'p-lis-interface',
  extendJob: 'p-lis-interface',
  definitions: 'p-mo-yan',
  definitionVersion: 'p-mo-yan',
  definitionDiff: 'p-mo-yan',
  findingWay: 'p-mo-yan',
  deployDefinition: 'p-mo-yan',
  publishDefinition: 'p-mo-yan',
  retireDefinition: 'p-mo-yan',
  makeDefinitionCurrent: 'p-mo-yan',
  forms: 'p-mo-yan',
  formHistory: 'p-mo-yan',
  formText: 'p-mo-yan',
  beginEdition: 'p-mo-yan',
  edition: 'p-mo-yan',
  saveEdition: 'p-mo-yan',
  checkEdition: 'p-mo-yan',
  editionRevisions: 'p-mo-yan',
  tryFormSteps: 'p-mo-yan',
  sendEditionToReview: 'p-mo-yan',
  sendEditionBack: 'p-mo-yan',
  publishEdition: 'p-mo-yan',
  discardEdition: 'p-mo-yan',
  rebuild: 'p-kang-ning',
  rebuildWorkflows: 'p-kang-ning',
  replay: 'p-ye-zhou',
  replayInstance: 'p-ye-zhou',
  publishMessage: 'p-kang-ning',
  publishSignal: 'p-kang-ning',
  masterData: 'p-kang-ning',
  dictionaryEntries: 'p-kang-ning',
  beginDictionaryDraft: 'p-kang-ning',
  discardDictionaryDraft: 'p-kang-ning',
  putDictionaryEntries: 'p-kang-ning',
  approveDictionaryDraft: 'p-kang-ning',
  mappings: 'p-kang-ning',
  mappingWorklist: 'p-kang-ning',
  putMappings: 'p-kang-ning',
  actOnMapping: 'p-kang-ning',
  masterDataHistory: 'p-kang-ning',
  routing: 'p-kang-ning',
  putServicePoint: 'p-kang-ning',
  tryRouting: 'p-kang-ning',
  startInstance: 'p-wu-tong',
  services: 'p-wu-tong',
  serviceForm: 'p-wu-tong',
  nextDeciders: 'p-wu-tong',
};
const MANAGER = 'p-lin-yue';
const callers = new Map<string, ApiCaller>();
const callerOf = (name: OperationName): ApiCaller => {
  const caller = callers.get(ASKED_BY[name] ?? MANAGER);
  if (!caller) throw new Error(`Nobody is signed in for ${name}.`);
  return caller;
};

beforeAll(async () => {
  world = await aWorld();
  consult = await aConsult(world, { waitingAt: 'review' });
  const { graphHash } = await world.instance(consult.id);
  const { form } = await world.call('p-wu-tong', 'serviceForm', { key: 'consult' });
  target = { instanceId: consult.id, taskId: (await consult.task('review')).taskId, draftId: randomUUID(), graphHash, formHash: form.hash };
  for (const personId of new Set([MANAGER, ...Object.values(ASKED_BY)])) callers.set(personId, await world.signIn(personId));
});
afterAll(() => world.stop());

/** All that a refused request could have changed. */
async function standing(): Promise<unknown> {
  const tables = [
    'instance',
    'step',
    'refused_command',
    'submission',
    'task',
    'inbox',
    'copy',
    'notice',
    'draft',
    'file',
    'relay',
    'participant',
    'deployment',
    'deployment_act',
    'form_edition',
    'form_revision',
    'errand',
    'legal_hold_act',
    'message',
    'signal',
  ];
  const counts = await Promise.all(tables.map((table) => world.asOwner(`select count(*) from ${table}`)));
  return [counts, await world.instance(consult.id)];
}

const hasBody = (name: OperationName): boolean => OPERATIONS[name].method === 'post' || OPERATIONS[name].method === 'put';
const WITH_BODY = OPERATION_NAMES.filter(hasBody);
const COMMANDS = OPERATION_NAMES.filter(
  (name) => 'commandId' in REQUEST_FIELDS[name]({ instanceId: '', taskId: '', draftId: '', graphHash: '', formHash: '' }),
);

describe.each(OPERATION_NAMES)('%s', (name) => {
  it('refuses a field that nobody reads, and changes nothing', async () => {
    const before = await standing();
    const { method, path, body } = httpRequest(name, { ...REQUEST_FIELDS[name](target), isAdmin: 'true' });
    const answer = await callerOf(name).request(method, path, { ...(body && { body }) });
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-input']);
    expect(JSON.stringify(answer.body.data)).toContain('isAdmin');
    expect(await standing()).toEqual(before);
  });
});

describe.each(WITH_BODY)('%s', (name) => {
  it.each([
    ['a body that is no JSON', '{"commandId":', 400, 'not-json'],
    ['a body that is no object', '[1,2]', 400, 'not-json'],
    ['a body that is a text', '"hello"', 400, 'not-json'],
    ['a body that is null', 'null', 400, 'not-json'],
    ['a body of more than a megabyte', JSON.stringify({ text: 'x'.repeat(1_100_000) }), 413, 'too-large'],
    ['a body that is nested without end', `{"response":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 400, undefined],
    ['a NUL in a text', '{"text":"a\\u0000b","reason":"a\\u0000b","role":"a\\u0000b","ids":["\\u0000"]}', 400, undefined],
    ['half of a surrogate pair', '{"text":"\\ud83d","reason":"\\ud83d","role":"\\ud83d","ids":["\\ud83d"]}', 400, undefined],
    ['a field named like a prototype', '{"__proto__":{"isAdmin":true}}', 400, undefined],
  ])('refuses %s', async (_what, body, status, code) => {
    const before = await standing();
    const { method, path } = httpRequest(name, REQUEST_FIELDS[name](target));
    const answer = await callerOf(name).request(method, path, { body });
    expect(answer.status).toBe(status);
    if (code) expect(answer.body.code).toBe(code);
    expect(await standing()).toEqual(before);
  });

  it('refuses a page of another site', async () => {
    const before = await standing();
    const { method, path, body } = httpRequest(name, REQUEST_FIELDS[name](target));
    const foreign: readonly Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'not a url' },
      { origin: `${world.baseUrl}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const answer = await callerOf(name).request(method, path, { body, headers });
      expect([answer.status, answer.body.code]).toEqual([400, 'foreign-origin']);
    }
    expect(await standing()).toEqual(before);
  });
});

describe.each(COMMANDS)('%s', (name) => {
  it.each([
    ['no UUID', 'abc'],
    ['nothing', undefined],
    ['a number', 7],
    ['a UUID with something behind', `${randomUUID()}x`],
  ])('refuses a command id that is %s', async (_what, commandId) => {
    const before = await standing();
    const { method, path, body } = httpRequest(name, { ...REQUEST_FIELDS[name](target), commandId });
    const answer = await callerOf(name).request(method, path, { body });
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-input']);
    expect(await standing()).toEqual(before);
  });
});

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('whatever is sent', () => {
  const NASTY: readonly unknown[] = [
    null,
    true,
    -1,
    2 ** 53,
    1e300,
    '',
    ' ',
    "' or 1=1 --",
    '%',
    '\\',
    '../../etc/passwd',
    'x'.repeat(100_000),
    'a\u0000b',
    '\ud800',
    '00000000-0000-0000-0000-000000000000',
    'person:p-wu-tong',
    [],
    [null],
    ['a', ['b']],
    {},
    { kind: 'task', instanceId: 'x', taskId: 'y' },
    { toString: 'x', constructor: { prototype: 1 } },
  ];

  it.each(OPERATION_NAMES)('%s answers with a code and never fails', async (name) => {
    const good: Readonly<Record<string, unknown>> = REQUEST_FIELDS[name](target);
    // Optional ones too, which the sample does not send.
    const fields = new Set([...Object.keys(good), ...Object.keys(OPERATIONS[name].input.shape)]);
    const failures: string[] = [];
    for (const field of fields) {
      for (const value of NASTY) {
        const { method, path, body } = httpRequest(name, {
          ...good,
          ...('commandId' in good && { commandId: randomUUID() }),
          [field]: value,
        });
        const answer = await callerOf(name).request(method, path, { ...(body && { body }) });
        const isFine = answer.status === 200 || (answer.status >= 400 && answer.status < 500 && typeof answer.body?.code === 'string');
        if (!isFine) failures.push(`${field} = ${JSON.stringify(value)?.slice(0, 60)}: ${answer.status} ${answer.text.slice(0, 100)}`);
      }
    }
    expect(failures).toEqual([]);
  });

  it.each([
    ['a made-up position', [1e10, '2026', 'x', 'y']],
    ['a position with another time', [1, '2026', '-'.repeat(36), '1']],
    ['a position with no instance', [1, 'infinity', '-'.repeat(36), '1']],
    ['a position that is no list', { rank: 1 }],
  ])('the inbox begins at its beginning after %s', async (_what, position) => {
    const after = Buffer.from(JSON.stringify(position)).toString('base64url');
    const caller = callers.get(MANAGER);
    for (const list of ['todo', 'claimable', 'done', 'started', 'cc']) {
      const answer = await caller?.get(`/api/inbox?list=${list}&after=${after}`);
      expect(answer?.status).toBe(200);
    }
  });
});

describe('a command that cannot be', () => {
  // What was asked before may have ended the first one.
  beforeAll(async () => {
    consult = await aConsult(world, { waitingAt: 'review' });
    target = { ...target, instanceId: consult.id, taskId: (await consult.task('review')).taskId };
  });

  const asManager = (path: string, body: object) => {
    const caller = callers.get(MANAGER);
    if (!caller) throw new Error('The manager is signed in.');
    return caller.post(`/api/instances/${consult.id}${path}`, { commandId: randomUUID(), ...body });
  };

  it('in the wrong state says which', async () => {
    const ended = await aConsult(world, { waitingAt: 'review' });
    await ended.complete('review', { by: 'p-he-jing', outcome: 'reject', reasonCode: 'duplicate' });
    const caller = callers.get(MANAGER);
    const answer = await caller?.post(`/api/instances/${ended.id}/tasks/${target.taskId}/claim`, { commandId: randomUUID() });
    expect([answer?.status, answer?.body]).toEqual([409, { code: 'instance-ended', data: { result: 'rejected' } }]);
  });

  it.each([
    ['an unknown outcome', '/tasks/:task/complete', { outcome: 'bless' }, 422],
    ['a task that is not there', '/tasks/999/claim', {}, 409],
    ['an action that is not offered', '/actions/explode', {}, 422],
    ['a person who is not there, to be assigned', '/tasks/:task/assign', { personId: 'p-nobody' }, 422],
    ['a person who is not there, mentioned', '/comments', { text: 'hello', mentions: ['p-nobody'] }, 422],
    ['a person who is not there, to get a copy', '/cc', { personIds: ['p-nobody'] }, 422],
    ['an empty comment', '/comments', { text: '   ' }, 400],
    ['a comment that is too long', '/comments', { text: 'x'.repeat(2_001) }, 400],
    ['a reason that is too long', '/tasks/:task/complete', { outcome: 'return', reason: 'x'.repeat(2_001) }, 400],
    ['a comment that no database holds', '/comments', { text: 'a\u0000b' }, 400],
    ['a comment that has no UTF-8', '/comments', { text: 'a\ud800b' }, 400],
    ['answers nested without end', '/tasks/:task/complete', { outcome: 'return', reason: 'x', response: nested(1_000) }, 400],
  ])('refuses %s', async (_what, path, body, status) => {
    const { lastSeq } = await world.instance(consult.id);
    const answer = await asManager(path.replace(':task', target.taskId), body);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toMatch(/^[a-z-]+$/);
    expect((await world.instance(consult.id)).lastSeq).toBe(lastSeq);
  });

  it('refuses an application with a form that moved on', async () => {
    const applicant = callers.get('p-wu-tong');
    const answer = await applicant?.post('/api/instances', { ...REQUEST_FIELDS.startInstance(target), formHash: 'f'.repeat(64) });
    expect([answer?.status, answer?.body]).toEqual([409, { code: 'form-moved-on', data: { current: target.formHash } }]);
  });

  it('refuses a decision with a form that moved on', async () => {
    const { taskId } = target;
    await asManager(`/tasks/${taskId}/claim`, {});
    const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item: [] };
    const answer = await asManager(`/tasks/${taskId}/complete`, { outcome: 'approve', formHash: 'f'.repeat(64), response });
    expect([answer.status, answer.body.code]).toEqual([409, 'form-moved-on']);
    const invalid = await asManager(`/tasks/${taskId}/complete`, { outcome: 'approve', response });
    expect([invalid.status, invalid.body.code]).toEqual([422, 'form-invalid']);
    expect(invalid.body.issues.length).toBeGreaterThan(0);
    await asManager(`/tasks/${taskId}/release`, {});
  });

  it('says what nobody serves', async () => {
    const caller = callers.get(MANAGER);
    for (const path of ['/api/nothing', '/api/instances/not-a-uuid/nothing']) {
      const answer = await caller?.get(path);
      expect([answer?.status, answer?.body]).toEqual([404, { code: 'not-found' }]);
    }
  });
});
