/** What the threshold rule compares a report with: the level of the hospital itself before. */
import { z } from 'zod';
import { levelBefore } from '#core/sentinel/series.ts';
import type { Database } from '#db/database.ts';
import { readSentinelReports, readTopic } from '#db/sentinel.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({ topic: z.string(), period: z.string() });

export const sentinelSeries =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const { topic: code, period } = readInput(inputs, variables);
    const [instance, topic] = await Promise.all([readInstance(db, instanceId), readTopic(db, code)]);
    if (!instance || !topic) throw new JobError(`The topic ${code} is not known.`, { isFinal: true });
    const reports = await readSentinelReports(db, { topic: code, organisationId: instance.organisationId });
    const points = reports.map((report) => ({ period: report.period, cases: report.counts.cases }));
    return { series: { ...levelBefore(points, period, topic.baselinePeriods) } };
  };
