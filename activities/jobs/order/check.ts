/** Holds an order against the dictionary of today, and says what the rules of routing read of the hospital that orders. */
import { z } from 'zod';
import { localDateOf } from '#core/calendar/zone.ts';
import { versionOn } from '#core/master-data/dictionary.ts';
import { checkOrder } from '#core/master-data/routing.ts';
import type { Database } from '#db/database.ts';
import { readDictionaryVersions, readRoutedOrganisations } from '#db/master-data.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({
  category: z.enum(['exam', 'test']),
  items: z.array(z.string()).min(1),
  specimen: z.string().nullable().default(null),
});

export const checkOrderJob =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const { category, items, specimen } = readInput(inputs, variables);
    const [instance, organisations, versions] = await Promise.all([
      readInstance(db, instanceId),
      readRoutedOrganisations(db),
      readDictionaryVersions(db, category),
    ]);
    const orderer = organisations.find(({ id }) => id === instance?.organisationId);
    if (!orderer) throw new JobError('The instance belongs to no hospital.', { isFinal: true });
    const version = versionOn(versions, localDateOf(Date.now(), orderer.zone));
    const { unknown, otherSpecimen } = checkOrder(items, { entries: version?.entries ?? [], specimen });
    return {
      verification: {
        outcome: unknown.length + otherSpecimen.length === 0 ? 'fits' : 'amend',
        unknown: [...unknown],
        otherSpecimen: [...otherSpecimen],
        dictionaryVersion: version?.version ?? null,
      },
      tie: orderer.tie,
      region: orderer.region,
    };
  };
