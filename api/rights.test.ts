import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller, CallerAnswer } from '#test/support/api-caller.ts';
import { type HttpRequest, httpRequest, OPERATION_NAMES, REQUEST_FIELDS, type RequestTarget } from '#test/support/api-requests.ts';
import { APPLICANT, aConsult, type Consult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';
import type { OperationName } from './operations/index.ts';

const CANARY = '金丝雀王小明';

/** People who have no part in the instance, each with another right that could be mistaken for one. */
const STRANGERS = {
  'an applicant of another hospital': 'p-zhao-heng',
  'the administrator of another hospital': 'p-li-na',
  'an expert of another team': 'p-ren-jie',
  'an operator': 'p-kang-ning',
} as const;
type Stranger = keyof typeof STRANGERS;
const STRANGER_NAMES = Object.keys(STRANGERS) as readonly Stranger[];

const EVERYBODY: readonly Stranger[] = STRANGER_NAMES;
const NOBODY: readonly Stranger[] = [];
const APPLICANTS: readonly Stranger[] = ['an applicant of another hospital'];
const ADMINISTRATORS: readonly Stranger[] = ['the administrator of another hospital'];
const OPERATORS: readonly Stranger[] = ['an operator'];

const READERS_OF_FORMS: readonly Stranger[] = ['the administrator of another hospital', 'an operator'];

/** To whom of them an operation answers at all; everybody else is told that there is nothing. */
const ANSWERS = {
  me: EVERYBODY,
  setActiveRole: EVERYBODY,
  deviceKey: EVERYBODY,
  services: APPLICANTS,
  serviceForm: APPLICANTS,
  nextDeciders: APPLICANTS,
  startInstance: APPLICANTS,
  inbox: EVERYBODY,
  inboxCounts: EVERYBODY,
  instance: NOBODY,
  instanceStatus: NOBODY,
  observations: NOBODY,
  task: NOBODY,
  claimTask: NOBODY,
  releaseTask: NOBODY,
  urgeTask: NOBODY,
  assignTask: NOBODY,
  completeTask: NOBODY,
  planTaskReturn: NOBODY,
  returnTask: NOBODY,
  sendAction: NOBODY,
  comment: NOBODY,
  sendCopy: NOBODY,
  putDraft: EVERYBODY,
  getDraft: NOBODY,
  drafts: EVERYBODY,
  removeDraft: NOBODY,
  references: EVERYBODY,
  // The shipped forms leave nothing to terminology servers.
  expandValueSet: NOBODY,
  definitionBpmn: EVERYBODY,
  definitions: OPERATORS,
  definitionVersion: OPERATORS,
  definitionDiff: OPERATORS,
  // The shipped flows have no findings.
  findingWay: NOBODY,
  deployDefinition: OPERATORS,
  publishDefinition: OPERATORS,
  // There is no version 2.
  retireDefinition: NOBODY,
  makeDefinitionCurrent: OPERATORS,
  forms: READERS_OF_FORMS,
  formHistory: READERS_OF_FORMS,
  formText: READERS_OF_FORMS,
  // Whoever may begins one here; the next ones find it.
  beginEdition: ADMINISTRATORS,
  edition: READERS_OF_FORMS,
  saveEdition: ADMINISTRATORS,
  checkEdition: READERS_OF_FORMS,
  tryFormSteps: OPERATORS,
  sendEditionToReview: ADMINISTRATORS,
  sendEditionBack: ADMINISTRATORS,
  publishEdition: OPERATORS,
  discardEdition: ADMINISTRATORS,
  // No edition has the id of an instance.
  editionRevisions: NOBODY,
  instanceList: ADMINISTRATORS,
  auditList: NOBODY,
  audit: NOBODY,
  auditMoment: NOBODY,
  replay: NOBODY,
  replayInstance: NOBODY,
  operationsInstances: OPERATORS,
  operatedInstances: OPERATORS,
  operatedInstance: OPERATORS,
  runningFlows: OPERATORS,
  whereabouts: OPERATORS,
  instancesAt: OPERATORS,
  suspendInstance: NOBODY,
  beginAdHoc: OPERATORS,
  resumeInstance: OPERATORS,
  planInstanceModification: OPERATORS,
  modifyInstance: OPERATORS,
  migrateInstance: OPERATORS,
  migrationProposal: OPERATORS,
  tryMigration: OPERATORS,
  startMigration: OPERATORS,
  migrations: OPERATORS,
  // No batch has the id of an instance.
  migration: NOBODY,
  pauseMigration: NOBODY,
  resolveInstance: OPERATORS,
  retryIncident: OPERATORS,
  cancelInstance: NOBODY,
  eraseInstance: NOBODY,
  retention: OPERATORS,
  placeLegalHold: OPERATORS,
  liftLegalHold: OPERATORS,
  incidents: OPERATORS,
  retryIncidents: OPERATORS,
  activateJobs: NOBODY,
  completeJob: NOBODY,
  failJob: NOBODY,
  throwJobError: NOBODY,
  extendJob: NOBODY,
  waitingJobs: OPERATORS,
  setWorkerJobTypes: OPERATORS,
  rebuild: OPERATORS,
  rebuildWorkflows: OPERATORS,
  publishMessage: OPERATORS,
  publishSignal: OPERATORS,
  // They approve what their hospital reports.
  registry: ADMINISTRATORS,
  registryDisease: ADMINISTRATORS,
  listStays: NOBODY,
  linkStay: NOBODY,
  openCase: NOBODY,
  fillCase: NOBODY,
  surveillance: ADMINISTRATORS,
  // Nobody designated their hospital.
  surveillanceTopic: NOBODY,
  designateSite: NOBODY,
  endDesignation: NOBODY,
  openSentinelPeriod: NOBODY,
  quality: ADMINISTRATORS,
  openCycle: NOBODY,
  cycleBoard: NOBODY,
  urgeReports: NOBODY,
  rebaseLimits: NOBODY,
  enterFigures: NOBODY,
  hospitalQuality: NOBODY,
  indicatorComparison: NOBODY,
  obligations: NOBODY,
  oblige: NOBODY,
  endObligation: NOBODY,
  exempt: NOBODY,
  withdrawExemption: NOBODY,
  qualityHistory: NOBODY,
  indicatorSet: NOBODY,
  indicatorSetVersion: NOBODY,
  beginSetDraft: NOBODY,
  saveSetDraft: NOBODY,
  discardSetDraft: NOBODY,
  publishSetDraft: NOBODY,
  masterData: OPERATORS,
  dictionaryEntries: OPERATORS,
  beginDictionaryDraft: OPERATORS,
  discardDictionaryDraft: OPERATORS,
  putDictionaryEntries: OPERATORS,
  approveDictionaryDraft: OPERATORS,
  mappings: OPERATORS,
  mappingWorklist: OPERATORS,
  putMappings: OPERATORS,
  actOnMapping: OPERATORS,
  masterDataHistory: OPERATORS,
  routing: OPERATORS,
  putServicePoint: OPERATORS,
  tryRouting: OPERATORS,
  instanceRouting: NOBODY,
  standards: EVERYBODY,
  standard: NOBODY,
  standardOfAdoption: NOBODY,
  urgeAdoptions: NOBODY,
  notices: EVERYBODY,
  readNotices: EVERYBODY,
} as const satisfies Record<OperationName, readonly Stranger[]>;

/** Left out of the matrix for the operator, who may: they would end the instance, or stop it. */
const isDestructive = (name: OperationName, stranger: Stranger): boolean =>
  (name === 'cancelInstance' || name === 'eraseInstance' || name === 'suspendInstance') && stranger === 'an operator';

let world: World;
let consult: Consult;
let target: RequestTarget;
let fileId: string;
const callers = new Map<string, ApiCaller>();

beforeAll(async () => {
  world = await aWorld();
  consult = await aConsult(world, { waitingAt: 'confirm', patientName: CANARY });
  await world.call(APPLICANT, 'comment', { id: consult.id, commandId: randomUUID(), text: CANARY });
  const { graphHash } = await world.instance(consult.id);
  const { form } = await world.call(APPLICANT, 'serviceForm', { key: 'consult' });
  const response = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: [{ linkId: 'patient', text: CANARY }] };
  const draft = await world.call(APPLICANT, 'putDraft', {
    scope: { kind: 'service', serviceKey: 'consult' },
    formHash: form.hash,
    version: 0,
    response,
  });
  target = { instanceId: consult.id, taskId: (await consult.task('confirm')).taskId, draftId: draft.id, graphHash, formHash: form.hash };
  for (const personId of [...Object.values(STRANGERS), APPLICANT, 'p-ye-zhou']) callers.set(personId, await world.signIn(personId));
  const file = new FormData();
  file.append('file', new File([`%PDF-1.7 ${CANARY}`], `${CANARY}.pdf`));
  fileId = (await by(APPLICANT).request('POST', '/api/files', { body: file })).body.id;
  await world.asOwner('update file set instance_id = $1 where id = $2', [consult.id, fileId]);
});
afterAll(() => world.stop());

function by(personId: string): ApiCaller {
  const caller = callers.get(personId);
  if (!caller) throw new Error(`${personId} is not signed in.`);
  return caller;
}

const send = (caller: ApiCaller, { method, path, body }: HttpRequest): Promise<CallerAnswer> =>
  caller.request(method, path, { ...(body && { body }) });

describe.each(OPERATION_NAMES)('%s', (name) => {
  it('answers nobody who is signed out', async () => {
    const answer = await send(world.caller(), httpRequest(name, REQUEST_FIELDS[name](target)));
    expect([answer.status, answer.body]).toEqual([401, { code: 'signed-out' }]);
  });

  it.each(STRANGER_NAMES.filter((stranger) => !isDestructive(name, stranger)))('tells %s nothing that is not theirs', async (stranger) => {
    const { lastSeq } = await world.instance(consult.id);
    const answer = await send(by(STRANGERS[stranger]), httpRequest(name, REQUEST_FIELDS[name](target)));
    const may: readonly Stranger[] = ANSWERS[name];
    if (may.includes(stranger)) expect([200, 409, 422]).toContain(answer.status);
    else expect([answer.status, answer.body]).toEqual([404, { code: 'not-found' }]);
    expect(answer.text).not.toContain(CANARY);
    expect(JSON.stringify([...answer.headers])).not.toContain(encodeURIComponent(CANARY));
    expect((await world.instance(consult.id)).lastSeq).toBe(lastSeq);
  });
});

describe('what stands beside the operations', () => {
  it.each(['/api/live', '/api/files/00000000-0000-4000-8000-000000000000'])('%s answers nobody who is signed out', async (path) => {
    expect((await world.caller().get(path)).status).toBe(401);
  });

  it('takes no file from anybody who is signed out', async () => {
    const file = new FormData();
    file.append('file', new File(['%PDF-1.7'], 'a.pdf'));
    expect((await world.caller().request('POST', '/api/files', { body: file })).status).toBe(401);
  });

  it.each(STRANGER_NAMES)('a file of the instance is not there for %s, nor is its news', async (stranger) => {
    for (const path of [`/api/files/${fileId}`, `/api/live?instance=${consult.id}`]) {
      const answer = await by(STRANGERS[stranger]).get(path);
      expect([answer.status, answer.body]).toEqual([404, { code: 'not-found' }]);
    }
  });

  it('a file is there for whoever takes part, and as a download only', async () => {
    const answer = await by(APPLICANT).get(`/api/files/${fileId}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(CANARY);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('the same instance', () => {
  it('is there for an auditor to read, not to decide', async () => {
    const auditor = by('p-ye-zhou');
    expect((await auditor.get(`/api/audit/${consult.id}`)).status).toBe(200);
    expect((await auditor.get(`/api/instances/${consult.id}`)).text).toContain(CANARY);
    const claimed = await auditor.post(`/api/instances/${consult.id}/tasks/${target.taskId}/claim`, { commandId: randomUUID() });
    expect([claimed.status, claimed.body.code]).toEqual([422, 'not-candidate']);
    expect((await auditor.get('/api/operations/instances')).status).toBe(404);
  });

  it('is there for whoever got a copy, from then on', async () => {
    const caller = by(STRANGERS['an expert of another team']);
    expect((await caller.get(`/api/instances/${consult.id}`)).status).toBe(404);
    await world.call(APPLICANT, 'sendCopy', { id: consult.id, commandId: randomUUID(), personIds: ['p-ren-jie'] });
    expect((await caller.get(`/api/instances/${consult.id}`)).status).toBe(200);
    const claimed = await caller.post(`/api/instances/${consult.id}/tasks/${target.taskId}/claim`, { commandId: randomUUID() });
    expect(claimed.body.code).toBe('not-candidate');
  });

  it('answers a stranger exactly as an instance that is not there', async () => {
    const caller = by(STRANGERS['an applicant of another hospital']);
    const [strange, absent] = await Promise.all([consult.id, randomUUID()].map((id) => caller.get(`/api/instances/${id}`)));
    expect([strange?.status, strange?.text]).toEqual([absent?.status, absent?.text]);
    expect([...(strange?.headers.keys() ?? [])]).toEqual([...(absent?.headers.keys() ?? [])]);
  });

  it('is read by reading only what is recorded', async () => {
    const rows = await world.asOwner('select 1 from access where instance_id = $1 and person_id = $2', [consult.id, 'p-ye-zhou']);
    expect(rows.length).toBeGreaterThan(0);
    const strangers = await world.asOwner('select 1 from access where instance_id = $1 and person_id = $2', [consult.id, 'p-zhao-heng']);
    expect(strangers).toEqual([]);
  });
});
