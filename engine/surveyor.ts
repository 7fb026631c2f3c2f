/**
 * Looks where those instances stand that run since before it was written down with every step, and since when: a worker's work after an upgrade,
 * and none once it is done. A step that comes first makes it look again; two workers have one effect.
 */
import type { ProcessState } from '#core/process/state.ts';
import { whereaboutsOf } from '#core/process/whereabouts.ts';
import type { Database } from '#db/database.ts';
import { readSteps } from '#db/journal.ts';
import { readInstance } from '#db/stored-instance.ts';
import { fillWhereabouts, readUnknownWhereabouts } from '#db/whereabouts.ts';
import { openJson } from './cipher.ts';
import type { DataKeys } from './data-keys.ts';
import type { Definitions } from './definitions.ts';
import type { DataKey } from './keys.ts';
import { Loop } from './loop.ts';
import { openStep } from './step-codec.ts';

export interface SurveyorDependencies {
  readonly db: Database;
  readonly keys: Pick<DataKeys, 'find'>;
  readonly definitions: Pick<Definitions, 'graph'>;
}

const EVERY_MS = 60_000;
const PAGE_INSTANCES = 100;
const PAGE_STEPS = 500;

export const startSurveyor = (deps: SurveyorDependencies, onError: (error: unknown) => void): Loop =>
  new Loop({
    everyMs: EVERY_MS,
    turn: async () => {
      await surveyAll(deps, onError);
      return false;
    },
    onError,
  }).start();

/** One that fails keeps no other from its turn, and is looked at again in the next round. */
export async function surveyAll(deps: SurveyorDependencies, onError: (error: unknown) => void): Promise<void> {
  let after: string | null = null;
  do {
    const ids: readonly string[] = await readUnknownWhereabouts(deps.db, { after, limit: PAGE_INSTANCES });
    for (const id of ids) await survey(deps, id).catch(onError);
    after = ids.at(-1) ?? null;
  } while (after !== null);
}

async function survey({ db, keys, definitions }: SurveyorDependencies, instanceId: string): Promise<void> {
  const instance = await readInstance(db, instanceId);
  const key = instance && (await keys.find(`instance:${instanceId}`, instance.wrappedKey));
  if (!instance || !key) throw new Error(`The running instance ${instanceId} cannot be read.`);
  const graph = await definitions.graph(instance.graphHash);
  const beginnings = await beginningsOf(db, instanceId, key);
  const rows = whereaboutsOf(graph, openJson<ProcessState>(key, 'journal', instance.state)).map((each) => ({
    element_id: each.elementId,
    tokens: each.tokens,
    incidents: each.incidents,
    since: each.occupants.map((name) => beginnings.get(name) ?? instance.lastAt).toSorted()[0] ?? instance.lastAt,
  }));
  await fillWhereabouts(db, { instanceId, seq: instance.lastSeq, rows });
}

/** When each occupant came where it is. */
async function beginningsOf(db: Database, instanceId: string, key: DataKey): Promise<ReadonlyMap<string, string>> {
  const beginnings = new Map<string, string>();
  for (let afterSeq = 0; ; afterSeq += PAGE_STEPS) {
    const steps = await readSteps(db, { instanceId, afterSeq, limit: PAGE_STEPS });
    for (const { at, body } of steps) {
      for (const event of openStep(key, body).events) {
        if (event.type === 'process.started' || event.type === 'element.activated') beginnings.set(String(event.key), at);
        else if (event.type === 'flow.taken') beginnings.set(`${event.scopeKey}:${event.flowId}`, at);
        else if (event.type === 'incident.raised') beginnings.set(event.incidentId, at);
      }
    }
    if (steps.length < PAGE_STEPS) return beginnings;
  }
}
