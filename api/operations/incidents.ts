/** Incidents for operators: which are open, why, and trying many of them again. */

import { z } from 'zod';
import type { IncidentCode } from '#core/process/event.ts';
import type { IncidentState, ProcessState } from '#core/process/state.ts';
import { countIncidents, groupIncidents, type IncidentPlace, readClock, readIncidents, type StoredIncident } from '#db/incidents.ts';
import { readInstance } from '#db/stored-instance.ts';
import { openJson } from '#engine/cipher.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { errorOf } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import { elementName } from '../read/element-name.ts';
import { isPlain } from '../read/incident-words.ts';
import { definitionOf } from '../read/instance.ts';
import type { IncidentRow, IncidentsView, RetriesView } from '../views/jobs.ts';

const ROWS_MAX = 200;
const RETRIED_AT_ONCE = 4;

const filter = {
  serviceKey: z.string().max(100).optional(),
  elementId: z.string().max(200).optional(),
  code: z.string().max(100).optional(),
};
/** What the answer before gave as `next`. */
const place = z
  .string()
  .max(200)
  .refine((text) => placeFrom(text) !== null);

export const incidents = defineOperation({
  name: 'incidents',
  method: 'get',
  path: '/incidents',
  summary: 'Open incidents with what failed, oldest first',
  input: z.object({ ...filter, after: place.optional(), limit: z.coerce.number().int().min(1).max(ROWS_MAX).default(50) }),
  right: 'instance.operate',
  async run(context, { after, limit, ...kind }): Promise<IncidentsView> {
    const { db } = context.runtime;
    const from = await placeOf(context, after);
    const [found, groups] = await Promise.all([readIncidents(db, { ...kind, after: from, limit }), groupIncidents(db)]);
    const rows = await Promise.all(found.map((row) => rowOf(context, row)));
    return { rows, groups, next: found.length === limit ? placeText(from.until, found.at(-1)) : null };
  },
});

export const retryIncidents = defineOperation({
  name: 'retryIncidents',
  method: 'post',
  path: '/incidents/retry',
  summary: 'Try again what failed, of a kind or as chosen: some at a time, each on its own, until `next` is null',
  input: z.object({
    commandId: z.uuid(),
    ...filter,
    incidents: z
      .array(z.object({ instanceId: z.uuid(), incidentId: z.string().max(40) }))
      .min(1)
      .max(ROWS_MAX)
      .optional(),
    after: place.optional(),
    limit: z.int().min(1).max(ROWS_MAX).default(50),
  }),
  right: 'instance.operate',
  async run(context, { commandId, incidents: chosen, after, limit, ...kind }): Promise<RetriesView> {
    if (chosen) return { results: await retryAll(context, commandId, chosen), next: null, left: 0 };
    const { db } = context.runtime;
    const from = await placeOf(context, after);
    const found = await readIncidents(db, { ...kind, after: from, limit });
    const last = found.at(-1);
    const results = await retryAll(context, commandId, found);
    const left = last ? await countIncidents(db, { ...kind, after: { ...last, until: from.until } }) : 0;
    return { results, next: left > 0 ? placeText(from.until, last) : null, left };
  },
});

type Chosen = Pick<StoredIncident, 'instanceId' | 'incidentId'>;

/** One transaction for each (P5); a few at a time, so that people come first. */
async function retryAll(context: Context, commandId: string, chosen: readonly Chosen[]): Promise<RetriesView['results']> {
  const results: RetriesView['results'][number][] = [];
  for (let start = 0; start < chosen.length; start += RETRIED_AT_ONCE) {
    const some = chosen.slice(start, start + RETRIED_AT_ONCE);
    results.push(...(await Promise.all(some.map((incident) => retryOne(context, commandId, incident)))));
  }
  return results;
}

async function retryOne(context: Context, commandId: string, { instanceId, incidentId }: Chosen): Promise<RetriesView['results'][number]> {
  const body = { type: 'incident.retry', incidentId } as const;
  const result = await context.runtime.door.submit({
    instanceId,
    // Sent again after a broken connection, each is retried once.
    commandId: commandIdOf(commandId, instanceId, incidentId),
    actor: actorOf(context),
    asked: body,
    prepare: () => ({ kind: 'ready', body }),
  });
  if (result.kind === 'accepted') return { instanceId, incidentId, outcome: 'retried' };
  return { instanceId, incidentId, outcome: 'refused', code: errorOf(result).view.code };
}

const NIL = '00000000-0000-0000-0000-000000000000';

async function placeOf(context: Context, after: string | undefined): Promise<IncidentPlace> {
  const place = after === undefined ? null : placeFrom(after);
  return place ?? { until: await readClock(context.runtime.db), raisedAt: '-infinity', instanceId: NIL, incidentId: '' };
}

const INSTANT = z.iso.datetime();
const ID = z.uuid();

function placeFrom(text: string): IncidentPlace | null {
  const [until = '', raisedAt = '', instanceId = '', incidentId = ''] = text.split('_');
  const isWhole = INSTANT.safeParse(until).success && INSTANT.safeParse(raisedAt).success && ID.safeParse(instanceId).success;
  return isWhole ? { until, raisedAt, instanceId, incidentId } : null;
}

const placeText = (until: string, last: StoredIncident | undefined): string | null =>
  last ? [until, last.raisedAt, last.instanceId, last.incidentId].join('_') : null;

async function rowOf(context: Context, row: StoredIncident): Promise<IncidentRow> {
  const { instanceId, incidentId, number, serviceKey, elementId, raisedAt } = row;
  const { definitions } = context.runtime;
  const [{ descriptor }, graph, incident] = await Promise.all([
    definitionOf(context, row.graphHash),
    definitions.graph(row.graphHash),
    incidentOf(context, row),
  ]);
  return {
    instanceId,
    incidentId,
    number,
    serviceKey,
    serviceName: descriptor.name,
    elementId,
    elementName: elementName(graph, elementId),
    // Written by core from its own union.
    code: row.code as IncidentCode,
    reason: incident && isPlain(incident) ? incident.message : null,
    raisedAt,
  };
}

async function incidentOf(context: Context, { instanceId, incidentId }: StoredIncident): Promise<IncidentState | null> {
  const { db, keys } = context.runtime;
  const instance = await readInstance(db, instanceId);
  const key = instance && (await keys.find(`instance:${instanceId}`, instance.wrappedKey));
  return key ? (openJson<ProcessState>(key, 'journal', instance.state).incidents[incidentId] ?? null) : null;
}
