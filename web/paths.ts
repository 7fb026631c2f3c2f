/** Every link of the web. A page's address is written nowhere else. */
import type { InboxList } from '#api/views/inbox.ts';
import type { Phase } from '#core/bpmn/graph.ts';

export interface InboxFilters {
  readonly list: InboxList;
  readonly q?: string;
  readonly serviceKey?: string;
  readonly phase?: Phase;
  readonly urgency?: string;
  readonly overdue?: boolean;
}

type Query = Readonly<Record<string, string | boolean | undefined>>;

const withQuery = (path: string, query: Query): string => {
  const entries = Object.entries(query).flatMap(([key, value]) => (value ? [[key, String(value)]] : []));
  return entries.length > 0 ? `${path}?${new URLSearchParams(entries)}` : path;
};

export const paths = {
  home: () => '/',
  signIn: (next?: string) => withQuery('/sign-in', { next: next && next !== '/' ? next : undefined }),
  inbox: (filters?: InboxFilters) => withQuery('/inbox', { ...filters }),
  apply: () => '/apply',
  /** `kept`: what this device keeps of an application that the server does not have yet. */
  applyFor: (serviceKey: string, query: { readonly draft?: string; readonly kept?: string } = {}) =>
    withQuery(`/apply/${encodeURIComponent(serviceKey)}`, query),
  applied: (serviceKey: string, instanceId: string) => withQuery(`/apply/${encodeURIComponent(serviceKey)}/sent`, { instance: instanceId }),
  instance: (id: string, tab?: string) => withQuery(`/instances/${encodeURIComponent(id)}`, { tab }),
  printed: (id: string) => `/instances/${encodeURIComponent(id)}/print`,
  task: (instanceId: string, taskId: string) => `/instances/${encodeURIComponent(instanceId)}/tasks/${encodeURIComponent(taskId)}`,
  instances: (query: { readonly q?: string; readonly status?: string } = {}) => withQuery('/instances', query),
  audit: (query: { readonly q?: string; readonly status?: string } = {}) => withQuery('/audit', query),
  auditOf: (id: string, seq?: number) =>
    withQuery(`/audit/${encodeURIComponent(id)}`, { step: seq === undefined ? undefined : String(seq) }),
  operations: (problem?: string, kind?: string) => withQuery('/operations', { problem, kind }),
  operated: (id: string) => `/operations/${encodeURIComponent(id)}`,
  /** `elementId`: whose instances are listed. */
  whereabouts: (key: string, version: number, elementId?: string) =>
    withQuery(`/operations/flows/${encodeURIComponent(key)}/${version}`, { element: elementId }),
  definitions: () => '/definitions',
  /** `compared`: the other version whose differences are shown. */
  definition: (key: string, version: number, compared?: number) =>
    withQuery(`/definitions/${encodeURIComponent(key)}/${version}`, { with: compared === undefined ? undefined : String(compared) }),
  migrate: (key: string, version: number, to?: number) =>
    withQuery(`/definitions/${encodeURIComponent(key)}/${version}/migrate`, { to: to === undefined ? undefined : String(to) }),
  forms: () => '/forms',
  form: (flow: string, form: string) => `/forms/${encodeURIComponent(flow)}/${encodeURIComponent(form)}`,
  formEdition: (flow: string, form: string) => `/forms/${encodeURIComponent(flow)}/${encodeURIComponent(form)}/edit`,
  quality: () => '/quality',
  qualityCycle: (set: string, period: string) => `/quality/cycles/${encodeURIComponent(set)}/${encodeURIComponent(period)}`,
  /** Of one set of indicators; `report`: of the set that this report answers. */
  hospitalQuality: (id: string, of: { readonly set?: string; readonly report?: string } = {}) =>
    withQuery(`/quality/hospitals/${encodeURIComponent(id)}`, of),
  qualityIndicator: (set: string, code: string, period: string) =>
    `/quality/indicators/${encodeURIComponent(set)}/${encodeURIComponent(code)}/${encodeURIComponent(period)}`,
  /** Who has to report a set, its versions, its history: `tab` as `web/features/quality-set/tabs.ts` has it. */
  qualitySet: (
    set: string,
    query: {
      readonly tab?: string;
      readonly version?: string;
      readonly q?: string;
      readonly province?: string;
      readonly tier?: string;
      readonly state?: string;
      readonly page?: string;
    } = {},
  ) => withQuery(`/quality/sets/${encodeURIComponent(set)}`, query),
  /** `tab` and `dictionary` as `web/features/master-data/tabs.ts` has them. */
  masterData: (query: { readonly tab?: string; readonly dictionary?: string } = {}) => withQuery('/master-data', query),
  registry: () => '/registry',
  registryDisease: (disease: string) => `/registry/${encodeURIComponent(disease)}`,
  surveillance: () => '/surveillance',
  surveillanceTopic: (topic: string, period?: string) => withQuery(`/surveillance/${encodeURIComponent(topic)}`, { period }),
  standards: () => '/standards',
  standard: (id: string) => `/standards/${encodeURIComponent(id)}`,
  notices: () => '/notices',
  settings: () => '/settings',
  file: (id: string) => `/api/files/${encodeURIComponent(id)}`,
} as const;
