/**
 * Everything that pages read, as data: the operation with its input, its address, and the key under which the answer is remembered.
 * Server components and the browser use the same descriptions, so what the server has read is what the browser finds.
 */
import type { OperationName } from '#api/operations/index.ts';
import type { AuditMoment, AuditView, ReplayView } from '#api/views/audit.ts';
import type {
  DefinitionDiffView,
  DefinitionsView,
  DefinitionVersionView,
  FindingWayView,
  MigrationBatchHead,
  MigrationBatchView,
  MigrationProposal,
} from '#api/views/definitions.ts';
import type { EditionView, FormHistoryView, FormsView, FormTextView, RevisionView } from '#api/views/forms.ts';
import type { InboxCounts, InboxPage } from '#api/views/inbox.ts';
import type { IndicatorSetView, SetVersionView } from '#api/views/indicator-sets.ts';
import type { IncidentsView, WaitingJobsView } from '#api/views/jobs.ts';
import type {
  DictionaryEntriesView,
  InstanceRoutingView,
  MappingsView,
  MasterDataHistoryView,
  MasterDataView,
  RoutingView,
  WorklistView,
} from '#api/views/master-data.ts';
import type { ObligationsView, QualityHistoryView } from '#api/views/obligations.ts';
import type { OperatedInstance, OperatedList, OperationsView, RebuildView } from '#api/views/operations.ts';
import type { CycleBoardView, HospitalQualityView, IndicatorComparisonView, QualityView } from '#api/views/quality.ts';
import type { RegistryDiseasePage, RegistryView } from '#api/views/registry.ts';
import type { RetentionView } from '#api/views/retention.ts';
import type { StandardsView, StandardView } from '#api/views/standards.ts';
import type { SurveillanceTopicPage, SurveillanceView } from '#api/views/surveillance.ts';
import type { InstancesAtView, RunningFlowsView, WhereaboutsView } from '#api/views/whereabouts.ts';
import type {
  DraftSummary,
  DraftView,
  InstanceList,
  InstanceView,
  MeView,
  NoticesView,
  ServiceFormView,
  ServiceView,
  TaskView,
} from '#api/views.ts';
import type { InboxFilters } from '#web/paths.ts';

export interface Read<Answer> {
  readonly key: readonly unknown[];
  readonly path: string;
  readonly operation: OperationName;
  readonly input: Input;
  /** Only in the type: what the operation answers. */
  readonly answer?: Answer;
}

type Input = Readonly<Record<string, string | number>>;
type Loose = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What is not given is left out: the API refuses fields that it does not know. */
const given = (values: Loose): Input =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value || value === 0 ? [[name, typeof value === 'number' ? value : String(value)]] : [],
    ),
  );

export function query(values: Loose): string {
  const entries = Object.entries(given(values)).map(([name, value]) => [name, String(value)]);
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : '';
}

const read = <Answer>(operation: OperationName, key: readonly unknown[], path: string, input: Loose = {}): Read<Answer> => ({
  operation,
  key,
  path,
  input: given(input),
});

const segment = encodeURIComponent;
const formAt = (flow: string, form: string): string => `/api/forms/${segment(flow)}/${segment(form)}`;
const flowVersion = (key: string, version: number): string => `/api/operations/flows/${segment(key)}/versions/${version}`;

export const INBOX_PAGE_SIZE = 50;
const INCIDENTS_PAGE_SIZE = 100;

export const reads = {
  me: () => read<MeView>('me', ['me'], '/api/me'),
  services: () => read<readonly ServiceView[]>('services', ['services'], '/api/services'),
  service: (key: string) => read<ServiceFormView>('serviceForm', ['services', key], `/api/services/${segment(key)}`, { key }),
  drafts: () => read<readonly DraftSummary[]>('drafts', ['drafts'], '/api/drafts'),
  draft: (id: string) => read<DraftView>('getDraft', ['drafts', id], `/api/drafts/${segment(id)}`, { id }),
  /** The pages of one list are remembered together, so the place in the list is no part of the key. */
  inboxPage: (filters: InboxFilters, after: string | null) => {
    const input = { ...filters, after, limit: INBOX_PAGE_SIZE };
    return read<InboxPage>('inbox', ['inbox', 'page', filters], `/api/inbox${query(input)}`, input);
  },
  inboxHead: (filters: InboxFilters, limit = INBOX_PAGE_SIZE) =>
    read<InboxPage>('inbox', ['inbox', 'head', filters, limit], `/api/inbox${query({ ...filters, limit })}`, { ...filters, limit }),
  inboxCounts: () => read<InboxCounts>('inboxCounts', ['inbox', 'counts'], '/api/inbox/counts'),
  instance: (id: string) => read<InstanceView>('instance', ['instance', id], `/api/instances/${segment(id)}`, { id }),
  task: (id: string, taskId: string) =>
    read<TaskView>('task', ['instance', id, 'task', taskId], `/api/instances/${segment(id)}/tasks/${segment(taskId)}`, { id, taskId }),
  instanceList: (filters: InstanceListFilters, after: string | null) =>
    read<InstanceList>('instanceList', ['instance', 'list', filters], `/api/instances${query({ ...filters, after })}`, {
      ...filters,
      after,
    }),
  auditList: (filters: InstanceListFilters, after: string | null) =>
    read<InstanceList>('auditList', ['audit', 'list', filters], `/api/audit${query({ ...filters, after })}`, { ...filters, after }),
  audit: (id: string) => read<AuditView>('audit', ['audit', id], `/api/audit/${segment(id)}`, { id }),
  auditMoment: (id: string, seq: number) =>
    read<AuditMoment>('auditMoment', ['audit', id, seq], `/api/audit/${segment(id)}/steps/${seq}`, { id, seq }),
  replay: (id: string) => read<ReplayView>('replay', ['audit', id, 'replay'], `/api/instances/${segment(id)}/replay`, { id }),
  rebuild: () => read<RebuildView>('rebuild', ['operations', 'rebuild'], '/api/operations/rebuild'),
  operations: (problem: string | null) =>
    read<OperationsView>('operationsInstances', ['operations', problem], `/api/operations/instances${query({ problem })}`, { problem }),
  waitingJobs: () => read<WaitingJobsView>('waitingJobs', ['operations', 'jobs'], '/api/operations/jobs'),
  incidents: (kind: { readonly serviceKey: string; readonly elementId: string; readonly code: string } | null) => {
    const input = { ...kind, limit: INCIDENTS_PAGE_SIZE };
    return read<IncidentsView>('incidents', ['operations', 'incidents', kind], `/api/incidents${query(input)}`, input);
  },
  operated: (id: string) =>
    read<OperatedInstance>('operatedInstance', ['operations', 'instance', id], `/api/operations/instances/${segment(id)}`, { id }),
  operatedList: (filters: OperatedFilters) =>
    read<OperatedList>('operatedInstances', ['operations', 'list', filters], `/api/operations/list${query({ ...filters })}`, {
      ...filters,
    }),
  retention: () => read<RetentionView>('retention', ['operations', 'retention'], '/api/operations/retention'),
  runningFlows: () => read<RunningFlowsView>('runningFlows', ['operations', 'flows'], '/api/operations/flows'),
  whereabouts: (key: string, version: number) =>
    read<WhereaboutsView>('whereabouts', ['operations', 'flows', key, version], flowVersion(key, version), { key, version }),
  instancesAt: (key: string, version: number, elementId: string, after: string | null) =>
    read<InstancesAtView>(
      'instancesAt',
      ['operations', 'flows', key, version, elementId],
      `${flowVersion(key, version)}/elements/${segment(elementId)}${query({ after })}`,
      { key, version, elementId, after },
    ),
  quality: () => read<QualityView>('quality', ['quality'], '/api/quality'),
  cycleBoard: (set: string, period: string) =>
    read<CycleBoardView>('cycleBoard', ['quality', 'cycle', set, period], `/api/quality/cycles/${segment(set)}/${segment(period)}`, {
      set,
      period,
    }),
  hospitalQuality: (id: string, of: { readonly set?: string | undefined; readonly report?: string | undefined }) =>
    read<HospitalQualityView>(
      'hospitalQuality',
      ['quality', 'hospital', id, of.set ?? null, of.report ?? null],
      `/api/quality/hospitals/${segment(id)}${query(of)}`,
      { id, ...of },
    ),
  qualityIndicator: (set: string, code: string, period: string) =>
    read<IndicatorComparisonView>(
      'indicatorComparison',
      ['quality', 'indicator', set, code, period],
      `/api/quality/indicators/${segment(set)}/${segment(code)}/${segment(period)}`,
      { set, code, period },
    ),
  obligations: (set: string, { q = '', province = '', tier = '', state = '', page = 1 }: DutySearch) => {
    // The first page is what is read without one.
    const asked = { q, province, tier, state, page: page > 1 ? page : null };
    return read<ObligationsView>(
      'obligations',
      ['quality', 'set', set, 'obligations', asked],
      `/api/quality/sets/${segment(set)}/obligations${query(asked)}`,
      { set, ...asked },
    );
  },
  indicatorSet: (set: string) =>
    read<IndicatorSetView>('indicatorSet', ['quality', 'set', set], `/api/quality/sets/${segment(set)}`, { set }),
  /** `compared`: null: the version before. */
  indicatorSetVersion: (set: string, version: number, compared: number | null = null) =>
    read<SetVersionView>(
      'indicatorSetVersion',
      ['quality', 'set', set, 'version', version, compared],
      `/api/quality/sets/${segment(set)}/versions/${version}${query({ with: compared })}`,
      { set, version, with: compared },
    ),
  qualityHistory: (set: string, before: string | null = null) =>
    read<QualityHistoryView>(
      'qualityHistory',
      ['quality', 'set', set, 'history', before],
      `/api/quality/sets/${segment(set)}/history${query({ before })}`,
      { set, before },
    ),
  masterData: () => read<MasterDataView>('masterData', ['masterData'], '/api/master-data'),
  dictionaryEntries: (dictionary: string, version: number) =>
    read<DictionaryEntriesView>(
      'dictionaryEntries',
      ['masterData', 'entries', dictionary, version],
      `/api/master-data/dictionaries/${segment(dictionary)}/versions/${version}`,
      { dictionary, version },
    ),
  mappings: (dictionary: string) =>
    read<MappingsView>('mappings', ['masterData', 'mappings', dictionary], `/api/master-data/mappings/${segment(dictionary)}`, {
      dictionary,
    }),
  mappingWorklist: (dictionary: string) =>
    read<WorklistView>('mappingWorklist', ['masterData', 'worklist', dictionary], `/api/master-data/worklist/${segment(dictionary)}`, {
      dictionary,
    }),
  /** `before`: older than the change with this id. */
  masterDataHistory: (before: string | null = null) =>
    read<MasterDataHistoryView>(
      'masterDataHistory',
      ['masterData', 'history', before],
      `/api/master-data/history${query({ before })}`,
      given({ before }),
    ),
  routing: () => read<RoutingView>('routing', ['masterData', 'routing'], '/api/master-data/routing'),
  instanceRouting: (id: string) =>
    read<InstanceRoutingView>('instanceRouting', ['instance', id, 'routing'], `/api/instances/${segment(id)}/routing`, { id }),
  registry: () => read<RegistryView>('registry', ['registry'], '/api/registry'),
  registryDisease: (disease: string) =>
    read<RegistryDiseasePage>('registryDisease', ['registry', disease], `/api/registry/${segment(disease)}`, { disease }),
  surveillance: () => read<SurveillanceView>('surveillance', ['surveillance'], '/api/surveillance'),
  surveillanceTopic: (topic: string, period: string | undefined) =>
    read<SurveillanceTopicPage>(
      'surveillanceTopic',
      ['surveillance', 'topic', topic, period ?? null],
      `/api/surveillance/topics/${segment(topic)}${query({ period })}`,
      { topic, period },
    ),
  standards: (q: string) => read<StandardsView>('standards', ['standards', { q }], `/api/standards${query({ q: q || null })}`, { q }),
  standard: (id: string) => read<StandardView>('standard', ['standards', id], `/api/standards/${segment(id)}`, { id }),
  standardOfAdoption: (id: string) =>
    read<StandardView>('standardOfAdoption', ['standards', 'instance', id], `/api/instances/${segment(id)}/standard`, { id }),
  notices: () => read<NoticesView>('notices', ['notices'], '/api/notices'),
  definitions: () => read<DefinitionsView>('definitions', ['definitions'], '/api/definitions'),
  definitionVersion: (key: string, version: number) =>
    read<DefinitionVersionView>(
      'definitionVersion',
      ['definitions', key, version],
      `/api/definitions/${segment(key)}/versions/${version}`,
      {
        key,
        version,
      },
    ),
  migrationProposal: (key: string, version: number, to: number) =>
    read<MigrationProposal>(
      'migrationProposal',
      ['definitions', key, version, 'migration', to],
      `/api/definitions/${segment(key)}/versions/${version}/migration${query({ to })}`,
      { key, version, to },
    ),
  migrations: (key: string) =>
    read<readonly MigrationBatchHead[]>('migrations', ['migrations', key], `/api/definitions/${segment(key)}/migrations`, { key }),
  migration: (id: string) =>
    read<MigrationBatchView>('migration', ['migrations', 'batch', id], `/api/operations/migrations/${segment(id)}`, { id }),
  definitionDiff: (key: string, version: number, compared: number) =>
    read<DefinitionDiffView>(
      'definitionDiff',
      ['definitions', key, version, 'diff', compared],
      `/api/definitions/${segment(key)}/versions/${version}/diff${query({ with: compared })}`,
      { key, version, with: compared },
    ),
  findingWay: (key: string, version: number, index: number) =>
    read<FindingWayView>(
      'findingWay',
      ['definitions', key, version, 'way', index],
      `/api/definitions/${segment(key)}/versions/${version}/findings/${index}/way`,
      { key, version, index },
    ),
  forms: () => read<FormsView>('forms', ['forms'], '/api/forms'),
  formHistory: (flow: string, form: string) =>
    read<FormHistoryView>('formHistory', ['forms', flow, form], formAt(flow, form), { flow, form }),
  formText: (flow: string, form: string, version: number) =>
    read<FormTextView>('formText', ['forms', flow, form, 'text', version], `${formAt(flow, form)}/versions/${version}`, {
      flow,
      form,
      version,
    }),
  edition: (flow: string, form: string) =>
    read<EditionView>('edition', ['forms', flow, form, 'edition'], `${formAt(flow, form)}/edition`, { flow, form }),
  revisions: (flow: string, form: string, id: string) =>
    read<readonly RevisionView[]>(
      'editionRevisions',
      ['forms', flow, form, 'revisions', id],
      `${formAt(flow, form)}/editions/${segment(id)}/revisions`,
      { flow, form, id },
    ),
  definition: (hash: string) =>
    read<{ readonly xml: string }>('definitionBpmn', ['definition', hash], `/api/definitions/${segment(hash)}/bpmn`, { hash }),
} as const;

export interface DutySearch {
  readonly q?: string;
  readonly province?: string;
  readonly tier?: string;
  readonly state?: string;
  /** From 1. */
  readonly page?: number;
}

export interface OperatedFilters {
  readonly q?: string;
  readonly key?: string;
  readonly version?: number;
  readonly running?: boolean;
  readonly limit?: number;
}

export interface InstanceListFilters {
  readonly q?: string;
  readonly status?: string;
}
