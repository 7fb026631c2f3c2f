/** What came of a period once nothing more is taken. Who is missing is counted beside who reported zero, never among them. */
import { z } from 'zod';
import { readPeriod } from '#core/quality/period.ts';
import type { Database } from '#db/database.ts';
import { readSentinelReports, readSites, readTopic, sitesObliged } from '#db/sentinel.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({ topic: z.string(), period: z.string() });

export const gatherSentinel =
  (db: Database): JobHandler =>
  async ({ variables }) => {
    const { topic: code, period: asked } = readInput(inputs, variables);
    const [topic, period] = [await readTopic(db, code), readPeriod(asked)];
    if (!topic || !period) throw new JobError(`The topic ${code} or the period ${asked} is not known.`, { isFinal: true });
    const [sites, reports] = await Promise.all([readSites(db, code), readSentinelReports(db, { topic: code, period: asked })]);
    const members = sitesObliged(sites, period);
    const reported = reports.filter(({ organisationId }) => members.includes(organisationId));
    return {
      gathered: {
        frequency: topic.frequency,
        expected: members.length,
        reported: reported.length,
        zero: reported.filter(({ counts }) => counts.isZero).length,
        late: reported.filter(({ isOnTime }) => !isOnTime).length,
        missing: members.length - reported.length,
        members: [...members],
      },
    };
  };
