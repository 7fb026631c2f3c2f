/** What the choice of a hospital reads of the database, for the job that decides it and for whoever tries it beforehand. */
import { localDateOf, localDateTimeOf } from '#core/calendar/zone.ts';
import { type DictionaryKey, versionOn } from '#core/master-data/dictionary.ts';
import { ORDER_SERVICE } from '#core/master-data/order.ts';
import type { RouteQuery } from '#core/master-data/routing.ts';
import type { Database } from '#db/database.ts';
import { readDictionaryVersions, readLoad, readMappings, readRoutedOrganisations, readServicePoints } from '#db/master-data.ts';

export interface RoutingSource {
  readonly category: DictionaryKey;
  /** Codes of the standard. */
  readonly items: readonly string[];
  readonly ordererId: string;
  readonly nowMs: number;
}

export type RoutingGround = Pick<RouteQuery, 'dictionary' | 'items' | 'ordererId' | 'mappings' | 'points' | 'load' | 'localTime'>;

/** `HH:MM` in `2026-03-01T20:15:30`. */
const TIME = [11, 16] as const;

export async function readRoutingGround(
  db: Database,
  { category, items, ordererId, nowMs }: RoutingSource,
): Promise<{ readonly ground: RoutingGround; readonly dictionaryVersion: number | null }> {
  const [versions, mappings, points, load, organisations] = await Promise.all([
    readDictionaryVersions(db, category),
    readMappings(db, category),
    readServicePoints(db, category),
    readLoad(db, ORDER_SERVICE),
    readRoutedOrganisations(db),
  ]);
  const zoneOf = (organisationId: string): string => {
    const found = organisations.find(({ id }) => id === organisationId);
    if (!found) throw new Error(`There is no organisation ${organisationId}.`);
    return found.zone;
  };
  const version = versionOn(versions, localDateOf(nowMs, zoneOf(ordererId)));
  const localTime = (organisationId: string) => {
    const local = localDateTimeOf(nowMs, zoneOf(organisationId));
    return { date: local.slice(0, 10), time: local.slice(...TIME) };
  };
  return {
    ground: {
      dictionary: category,
      items: items.map((code) => ({ code, specimen: version?.entries.find((entry) => entry.code === code)?.specimen ?? null })),
      ordererId,
      mappings,
      points,
      load,
      localTime,
    },
    dictionaryVersion: version?.version ?? null,
  };
}
