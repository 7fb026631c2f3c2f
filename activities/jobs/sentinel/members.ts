/** Who is told of a warning: the sites of its topic on that day. */
import { z } from 'zod';
import { localDateOf } from '#core/calendar/zone.ts';
import type { Database } from '#db/database.ts';
import { readSites, sitesOn } from '#db/sentinel.ts';
import type { JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({ topic: z.string(), at: z.iso.datetime({ offset: true }), zone: z.string() });

export const sentinelMembers =
  (db: Database): JobHandler =>
  async ({ variables }) => {
    const { topic, at, zone } = readInput(inputs, variables);
    return { members: [...sitesOn(await readSites(db, topic), localDateOf(Date.parse(at), zone))] };
  };
