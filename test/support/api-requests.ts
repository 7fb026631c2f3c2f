/** One well-formed request for every operation. A new operation does not compile until it is here, and so it is in every matrix. */
import { randomUUID } from 'node:crypto';
import { OPERATIONS, type OperationName } from '#api/operations/index.ts';
import type { Method } from './api-caller.ts';

export interface RequestTarget {
  readonly instanceId: string;
  readonly taskId: string;
  readonly draftId: string;
  readonly graphHash: string;
  readonly formHash: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Path parameters, query and body together, as the operations take them. */
export const REQUEST_FIELDS = {
  me: () => ({}),
  setActiveRole: () => ({ role: null }),
  deviceKey: () => ({}),
  services: () => ({}),
  serviceForm: () => ({ key: 'consult' }),
  nextDeciders: () => ({ key: 'consult', response: blank() }),
  startInstance: ({ formHash }) => ({ commandId: randomUUID(), serviceKey: 'consult', formHash, response: blank() }),
  inbox: () => ({ list: 'claimable' }),
  inboxCounts: () => ({}),
  instance: ({ instanceId }) => ({ id: instanceId }),
  // The consult that the rights are tried on is not the first of the day everywhere; a stranger hears the same of any.
  instanceStatus: () => ({ number: 'HZ0000000000000' }),
  observations: ({ instanceId }) => ({ id: instanceId }),
  task: ({ instanceId, taskId }) => ({ id: instanceId, taskId }),
  claimTask: onTask,
  releaseTask: onTask,
  urgeTask: onTask,
  assignTask: (target) => ({ ...onTask(target), personId: 'p-dong-liang', reason: '请处理' }),
  completeTask: (target) => ({ ...onTask(target), outcome: 'accept', reason: '同意', formHash: target.formHash, response: blank() }),
  planTaskReturn: (target) => ({ ...onTask(target), toElementId: 'amend' }),
  returnTask: (target) => ({ ...onTask(target), toElementId: 'amend', reason: '请补充' }),
  sendAction: ({ instanceId }) => ({ id: instanceId, code: 'withdraw', commandId: randomUUID(), reason: '不再需要' }),
  comment: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), text: '请看', mentions: [] }),
  sendCopy: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), personIds: ['p-he-jing'], text: '供参考' }),
  putDraft: ({ formHash }) => ({ scope: { kind: 'service', serviceKey: 'consult' }, formHash, version: 0, response: blank() }),
  getDraft: ({ draftId }) => ({ id: draftId }),
  drafts: () => ({}),
  removeDraft: ({ draftId }) => ({ id: draftId }),
  references: () => ({ kind: 'person', q: '吴' }),
  expandValueSet: ({ formHash }) => ({ form: formHash, url: 'http://example.org/value-set' }),
  definitionBpmn: ({ graphHash }) => ({ hash: graphHash }),
  definitions: () => ({}),
  definitionVersion: () => ({ key: 'consult', version: 1 }),
  definitionDiff: () => ({ key: 'consult', version: 1, with: 1 }),
  findingWay: () => ({ key: 'consult', version: 1, index: 0 }),
  deployDefinition: () => ({ descriptor: {}, bpmn: { file: 'a.bpmn', xml: '<a/>' }, dmn: [], forms: [] }),
  // Published already, so that nothing is published here; and no such version to be retired or made current.
  publishDefinition: () => ({ key: 'consult', version: 1, note: '试验' }),
  retireDefinition: () => ({ key: 'consult', version: 2, note: '试验' }),
  makeDefinitionCurrent: () => ({ key: 'consult', version: 1, note: '试验' }),
  forms: () => ({}),
  formHistory: onForm,
  formText: () => ({ ...onForm(), version: 1 }),
  beginEdition: onForm,
  edition: onForm,
  saveEdition: (target) => ({ ...onEdition(target), questionnaire: { resourceType: 'Questionnaire', status: 'draft' } }),
  checkEdition: onForm,
  sendEditionToReview: onEdition,
  sendEditionBack: onEdition,
  discardEdition: onEdition,
  publishEdition: onEdition,
  editionRevisions: ({ instanceId }) => ({ ...onForm(), id: instanceId }),
  tryFormSteps: () => ({ ...onForm(), steps: [] }),
  instanceList: () => ({}),
  auditList: () => ({}),
  audit: ({ instanceId }) => ({ id: instanceId }),
  auditMoment: ({ instanceId }) => ({ id: instanceId, seq: 1 }),
  replay: ({ instanceId }) => ({ id: instanceId }),
  replayInstance: ({ instanceId }) => ({ id: instanceId }),
  operationsInstances: () => ({}),
  operatedInstances: () => ({ q: 'HZ' }),
  operatedInstance: ({ instanceId }) => ({ id: instanceId }),
  runningFlows: () => ({}),
  whereabouts: () => ({ key: 'consult', version: 1 }),
  instancesAt: () => ({ key: 'consult', version: 1, elementId: 'confirm' }),
  beginAdHoc: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), scopeKey: 1, elementIds: ['none'] }),
  suspendInstance: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), reason: '试验' }),
  resumeInstance: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), reason: '试验' }),
  planInstanceModification: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), activate: [], cancel: [1], variables: {} }),
  modifyInstance: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), cancel: [1], reason: '试验' }),
  migrateInstance: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), version: 1, mapping: {}, reason: '试验' }),
  migrationProposal: () => ({ key: 'consult', version: 1, to: 1 }),
  tryMigration: () => ({ key: 'consult', version: 1, to: 1, mapping: {} }),
  startMigration: () => ({ key: 'consult', version: 1, commandId: randomUUID(), to: 1, mapping: {}, reason: '试验' }),
  migrations: () => ({ key: 'consult' }),
  migration: ({ instanceId }) => ({ id: instanceId }),
  pauseMigration: ({ instanceId }) => ({ id: instanceId, isPaused: true }),
  resolveInstance: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), reason: '试验' }),
  retryIncident: ({ instanceId }) => ({ id: instanceId, incidentId: '1:1', commandId: randomUUID() }),
  eraseInstance: ({ instanceId }) => ({ id: instanceId, reason: '试验' }),
  retention: () => ({}),
  placeLegalHold: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), reason: '试验' }),
  liftLegalHold: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), reason: '试验' }),
  rebuild: () => ({}),
  rebuildWorkflows: () => ({ reason: '试验' }),
  cancelInstance: ({ instanceId }) => ({ id: instanceId, commandId: randomUUID(), reason: '试验' }),
  incidents: () => ({}),
  retryIncidents: () => ({ commandId: randomUUID(), code: 'job-failed' }),
  activateJobs: () => ({ type: 'lab', worker: 'w1' }),
  completeJob: onJob,
  failJob: () => ({ ...onJob(), message: '打印机无纸' }),
  throwJobError: () => ({ ...onJob(), errorCode: 'REJECTED' }),
  extendJob: () => ({ ...onJob(), timeout: 60_000 }),
  waitingJobs: () => ({}),
  setWorkerJobTypes: () => ({ personId: 'p-lis-interface', jobTypes: ['lab'] }),
  publishMessage: () => ({
    messageId: randomUUID(),
    name: 'nobody-waits-for-this',
    correlationKey: '1',
    variables: { n: 1 },
    timeToLive: 'PT1S',
  }),
  publishSignal: () => ({ signalId: randomUUID(), name: 'nobody-listens-to-this', variables: {} }),
  registry: () => ({}),
  registryDisease: () => ({ disease: 'cap' }),
  listStays: () => ({ rows: [{ stayNumber: 'Z1', icd: 'J18.9', dischargedOn: '2026-11-01' }] }),
  linkStay: ({ instanceId }) => ({
    id: instanceId,
    row: { stayNumber: 'Z1', icd: 'J18.9', dischargedOn: '2026-11-01' },
    reason: '同一次住院',
  }),
  openCase: ({ instanceId }) => ({ id: instanceId }),
  fillCase: ({ instanceId }) => ({ id: instanceId }),
  surveillance: () => ({}),
  surveillanceTopic: () => ({ topic: 'influenza-like' }),
  designateSite: () => ({ topic: 'influenza-like', organisationId: 'org-qingling', from: '2026-01-01', to: null }),
  endDesignation: () => ({ topic: 'influenza-like', organisationId: 'org-qingling', from: '2026-01-01', to: '2026-11-30', reason: '调整' }),
  openSentinelPeriod: () => ({ topic: 'influenza-like', period: '2026-W40', commandId: randomUUID() }),
  quality: () => ({}),
  openCycle: () => ({ commandId: randomUUID(), set: 'core-regime', period: '2026-10' }),
  cycleBoard: () => ({ set: 'core-regime', period: '2026-10' }),
  urgeReports: () => ({ set: 'core-regime', period: '2026-10', commandId: randomUUID(), organisationId: 'org-qingling' }),
  rebaseLimits: () => ({ id: 'org-qingling', set: 'core-regime', indicator: 'urgent-consult', from: '2026-06', reason: '扩院' }),
  enterFigures: ({ instanceId }) => ({ id: instanceId, rows: [{ indicator: 'urgent-consult', numerator: '9', denominator: '10' }] }),
  hospitalQuality: () => ({ id: 'org-qingling', set: 'core-regime' }),
  indicatorComparison: () => ({ set: 'core-regime', code: 'urgent-consult', period: '2026-10' }),
  obligations: () => ({ set: 'core-regime' }),
  oblige: () => ({ set: 'core-regime', from: '2030-01-01', to: null, hospitals: { list: ['org-qingling'] } }),
  endObligation: ({ instanceId }) => ({ set: 'core-regime', id: instanceId, lastDay: '2030-01-31', reason: '合并' }),
  exempt: () => ({ set: 'core-regime', organisationId: 'org-qingling', from: '2030-01-01', to: '2030-01-31', reason: '搬迁' }),
  withdrawExemption: ({ instanceId }) => ({ set: 'core-regime', id: instanceId, lastDay: '2030-01-31', reason: '提前恢复' }),
  qualityHistory: () => ({ set: 'core-regime' }),
  indicatorSet: () => ({ set: 'core-regime' }),
  indicatorSetVersion: () => ({ set: 'core-regime', version: 1 }),
  beginSetDraft: () => ({ set: 'core-regime' }),
  saveSetDraft: () => ({ set: 'core-regime', revision: 1, contents: {} }),
  discardSetDraft: () => ({ set: 'core-regime' }),
  publishSetDraft: () => ({ set: 'core-regime', revision: 1, validFrom: '2030-01-01' }),
  masterData: () => ({}),
  dictionaryEntries: () => ({ dictionary: 'exam', version: 1 }),
  beginDictionaryDraft: () => ({ dictionary: 'admission' }),
  discardDictionaryDraft: () => ({ dictionary: 'admission' }),
  putDictionaryEntries: () => ({ dictionary: 'admission', rows: [], removed: [] }),
  approveDictionaryDraft: () => ({ dictionary: 'admission' }),
  mappings: () => ({ dictionary: 'exam' }),
  mappingWorklist: () => ({ dictionary: 'exam' }),
  putMappings: () => ({ dictionary: 'exam', rows: [{ standardCode: 'X', organisation: 'org-qingling', localCode: '1', localName: '甲' }] }),
  actOnMapping: () => ({ id: randomUUID(), act: 'approve' }),
  masterDataHistory: () => ({}),
  routing: () => ({}),
  // Of another hospital than its department and team: nothing is written.
  putServicePoint: () => ({
    id: 'nowhere',
    organisationId: 'org-baihe',
    departmentId: 'd-lead-imaging',
    teamId: 'team-imaging',
    dictionary: 'exam',
    hours: null,
    openOrdersMax: null,
    isOpen: true,
  }),
  tryRouting: () => ({ category: 'exam', items: ['CT-CHEST'], urgency: 'routine', organisationId: 'org-shitan' }),
  instanceRouting: ({ instanceId }) => ({ id: instanceId }),
  standards: () => ({ q: '手卫生' }),
  standard: () => ({ id: randomUUID() }),
  standardOfAdoption: () => ({ id: randomUUID() }),
  urgeAdoptions: () => ({ id: randomUUID(), commandId: randomUUID() }),
  notices: () => ({}),
  readNotices: () => ({ ids: ['1'] }),
} as const satisfies Record<OperationName, (target: RequestTarget) => Fields>;

function onTask({ instanceId, taskId }: RequestTarget): Fields {
  return { id: instanceId, taskId, commandId: randomUUID() };
}

function onForm(): Fields {
  return { flow: 'consult', form: 'consult-review' };
}

/** No edition has the id of an instance. */
function onEdition({ instanceId }: RequestTarget): Fields {
  return { ...onForm(), id: instanceId, revision: 1 };
}

function onJob(): Fields {
  return { key: `${randomUUID()}.1` };
}

const blank = () => ({ resourceType: 'QuestionnaireResponse', status: 'in-progress', item: [] });

export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];

export interface HttpRequest {
  readonly method: Method;
  readonly path: string;
  /** Null where everything is in the path and query. */
  readonly body: Fields | null;
}

/** The fields of an operation as the HTTP request that carries them. */
export function httpRequest(name: OperationName, fields: Fields): HttpRequest {
  const { method, path } = OPERATIONS[name];
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map(([, field]) => field ?? ''));
  const filled = path.replaceAll(/:(\w+)/g, (_, field: string) => encoded(textOf(fields[field])));
  const rest = Object.fromEntries(Object.entries(fields).filter(([field]) => !inPath.has(field)));
  const upper = method.toUpperCase() as Method;
  if (method === 'post' || method === 'put') return { method: upper, path: `/api${filled}`, body: rest };
  const query = new URLSearchParams(Object.entries(rest).map(([field, value]) => [field, textOf(value)])).toString();
  return { method: upper, path: `/api${filled}${query && `?${query}`}`, body: null };
}

/** Half of a surrogate pair has no UTF-8; on the wire it would be bytes that are none. */
const encoded = (text: string): string => (/\p{Surrogate}/u.test(text) ? '%ED%A0%80' : encodeURIComponent(text));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(JSON.stringify(value)));
