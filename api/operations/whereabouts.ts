/** Where running instances stand: by flow and version, by element, and who they are. None of it shows what a form says. */
import { z } from 'zod';
import { inFlowOrder } from '#core/bpmn/flow-order.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { readContent } from '#db/contents.ts';
import { readVersion, readVersions, type StoredVersion } from '#db/versions.ts';
import {
  countRunning,
  countWhereabouts,
  type ElementCount,
  type InstanceAt,
  readInstancesAt,
  type WhereaboutsPlace,
} from '#db/whereabouts.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import { ApiError, notFound } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import { elementName } from '../read/element-name.ts';
import type { ElementWhereabouts, InstancesAtView, RunningFlowsView, RunningVersion, WhereaboutsView } from '../views/whereabouts.ts';

const key = z.string().max(100);
const version = z.coerce.number().int().min(1).max(2_147_483_647);
/** What the answer before gave as `next`. */
const place = z
  .string()
  .max(100)
  .refine((text) => placeFrom(text) !== null);

export const runningFlows = defineOperation({
  name: 'runningFlows',
  method: 'get',
  path: '/operations/flows',
  summary: 'How many instances run with each version of each flow, how many of them have incidents or are suspended',
  input: z.object({}),
  right: 'instance.operate',
  async run(context): Promise<RunningFlowsView> {
    const { db } = context.runtime;
    const [versions, counts] = await Promise.all([readVersions(db), countRunning(db)]);
    const flows = [...new Set(versions.map((stored) => stored.key))];
    return {
      flows: flows.flatMap((flow) => {
        const stored = versions.filter((each) => each.key === flow);
        const running = counts.filter((count) => count.key === flow);
        const shown = stored.filter(({ isCurrent, version: number }) => isCurrent || running.some((count) => count.version === number));
        const [named] = shown.length > 0 ? shown : stored;
        if (!named || (shown.length === 0 && running.length === 0)) return [];
        const rows = shown.map(
          ({ version: number, isCurrent }): RunningVersion => ({ version: number, isCurrent, ...countsOf(running, number) }),
        );
        const isUnnumbered = running.some((count) => count.version === null);
        const unnumbered = isUnnumbered ? [{ version: null, isCurrent: false, ...countsOf(running, null) }] : [];
        return [{ key: flow, name: nameOf(named), versions: [...rows, ...unnumbered] }];
      }),
    };
  },
});

export const whereabouts = defineOperation({
  name: 'whereabouts',
  method: 'get',
  path: '/operations/flows/:key/versions/:version',
  summary: 'The diagram of a version and how many instances stand at each element',
  input: z.object({ key, version }),
  right: 'instance.operate',
  async run(context, which): Promise<WhereaboutsView> {
    const { db, definitions } = context.runtime;
    const stored = await readVersion(db, which);
    if (!stored) throw notFound();
    if (stored.graphHash === null) throw new ApiError(409, { code: 'version-not-compiled' });
    const [graph, xml, running, counts] = await Promise.all([
      definitions.graph(stored.graphHash),
      readContent(db, stored.bpmnHash, 'bpmn'),
      countRunning(db, which),
      countWhereabouts(db, which),
    ]);
    if (xml === null) throw new Error(`The diagram ${stored.bpmnHash} is deployed but not stored.`);
    return {
      key: stored.key,
      name: nameOf(stored),
      version: stored.version,
      isCurrent: stored.isCurrent,
      xml,
      ...countsOf(running, stored.version),
      elements: inOrder(graph, counts),
    };
  },
});

export const instancesAt = defineOperation({
  name: 'instancesAt',
  method: 'get',
  path: '/operations/flows/:key/versions/:version/elements/:elementId',
  summary: 'The instances that stand at an element: those with an incident there first, then those that have stood there longest',
  input: z.object({
    key,
    version,
    elementId: z.string().min(1).max(200),
    after: place.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  right: 'instance.operate',
  async run(context, { after, limit, ...which }): Promise<InstancesAtView> {
    const found = await readInstancesAt(context.runtime.db, { ...which, after: after === undefined ? null : placeFrom(after), limit });
    return {
      rows: found.map(({ hasIncident: _, ...row }) => row),
      next: found.length === limit ? placeText(found.at(-1)) : null,
    };
  },
});

const nameOf = ({ descriptor }: StoredVersion) => serviceDescriptor.parse(descriptor).name;

function countsOf(running: Awaited<ReturnType<typeof countRunning>>, number: number | null) {
  const found = running.find((count) => count.version === number);
  return { running: found?.running ?? 0, incidents: found?.incidents ?? 0, suspended: found?.suspended ?? 0 };
}

function inOrder(graph: ProcessGraph, counts: readonly ElementCount[]): readonly ElementWhereabouts[] {
  const processes = Object.values(graph.processes).map(({ id, name }) => ({ id, name, elementType: 'process' as const }));
  return [...processes, ...inFlowOrder(graph)].flatMap(({ id, name, elementType }) => {
    const count = counts.find(({ elementId }) => elementId === id);
    return count ? [{ ...count, name: elementType === 'process' ? name : elementName(graph, id), elementType }] : [];
  });
}

function placeFrom(text: string): WhereaboutsPlace | null {
  const [incident = '', since = '', instanceId = ''] = text.split('_');
  const isWhole = /^[01]$/.test(incident) && INSTANT.safeParse(since).success && ID.safeParse(instanceId).success;
  return isWhole ? { hasIncident: incident === '1', since, instanceId } : null;
}

const INSTANT = z.iso.datetime();
const ID = z.uuid();

const placeText = (last: InstanceAt | undefined): string | null =>
  last ? [last.hasIncident ? '1' : '0', last.since, last.instanceId].join('_') : null;
