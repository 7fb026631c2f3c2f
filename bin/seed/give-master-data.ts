/** Gives the sample network its dictionaries, mappings and service points as its operators would: over the API, one writes and another approves. */
import type { MappingActView, MappingsView, MasterDataView, TakenEntriesView, TakenMappingsView } from '#api/views/master-data.ts';
import type { Mapping } from '#core/master-data/mapping.ts';
import { APPROVED_MAPPINGS, CHECKER, ENTRY_ROWS, SERVICE_POINTS, WAITING_MAPPINGS, WRITER } from './master-data.ts';

/** An operation over HTTP as this person; throws what is no success. */
export type Ask = <T>(personId: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => Promise<T>;

/** What is there already is left as it is, so a second run changes nothing. */
export async function giveMasterData(ask: Ask): Promise<void> {
  const { dictionaries } = await ask<MasterDataView>(WRITER, 'GET', '/api/master-data');
  for (const { key, versions } of dictionaries) {
    if (versions.length > 0) continue;
    const draft = `/api/master-data/dictionaries/${key}/draft`;
    await ask(WRITER, 'POST', draft, {});
    const { results } = await ask<TakenEntriesView>(WRITER, 'POST', `${draft}/entries`, { rows: ENTRY_ROWS[key] });
    requireTaken(results);
    await ask(CHECKER, 'POST', `${draft}/approve`, {});
  }
  for (const point of SERVICE_POINTS) {
    const { id, ...rest } = point;
    await ask(WRITER, 'PUT', `/api/master-data/service-points/${id}`, rest);
  }
  for (const { dictionary, rows } of APPROVED_MAPPINGS) {
    await ask<TakenMappingsView>(WRITER, 'POST', `/api/master-data/mappings/${dictionary}`, { rows });
    const organisationId = rows[0]?.organisation;
    const { mappings } = await ask<MappingsView>(WRITER, 'GET', `/api/master-data/mappings/${dictionary}`);
    for (const mapping of mappings.filter((each) => each.organisationId === organisationId && isWaiting(each, dictionary)))
      await ask<MappingActView>(CHECKER, 'POST', `/api/master-data/mappings/${mapping.id}/acts/approve`, {});
  }
  for (const { dictionary, rows } of WAITING_MAPPINGS) await ask(WRITER, 'POST', `/api/master-data/mappings/${dictionary}`, { rows });
}

/** Of an earlier run, what is meant to wait goes on waiting. */
const isWaiting = ({ status, standardCode, organisationId }: Mapping, dictionary: string): boolean =>
  status === 'draft' &&
  !WAITING_MAPPINGS.some(
    (each) =>
      each.dictionary === dictionary && each.rows.some((row) => row.standardCode === standardCode && row.organisation === organisationId),
  );

function requireTaken(results: TakenEntriesView['results']): void {
  const refused = results.filter(({ problem }) => problem !== null);
  if (refused.length > 0) throw new Error(`The sample dictionary is refused: ${JSON.stringify(refused)}`);
}
