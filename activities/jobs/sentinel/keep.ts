/** Keeps a report with the limit by which it was judged: a version once, whatever is done twice. */
import { z } from 'zod';
import { countProblems, sentinelCounts } from '#core/sentinel/counts.ts';
import type { Database } from '#db/database.ts';
import { storeSentinelReport } from '#db/sentinel.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({
  topic: z.string(),
  period: z.string(),
  version: z.int().min(1),
  onTime: z.boolean(),
  submittedAt: z.iso.datetime({ offset: true }),
  report: z.record(z.string(), z.unknown()),
  assessment: z.object({ level: z.enum(['none', 'yellow', 'red']), limit: z.number() }).loose(),
});

export const keepSentinelReport =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const { topic, period, version, onTime, submittedAt, report, assessment } = readInput(inputs, variables);
    const instance = await readInstance(db, instanceId);
    if (!instance) throw new JobError('The instance is not known.', { isFinal: true });
    const counts = sentinelCounts(report);
    const problems = countProblems(counts);
    if (problems.length > 0) throw new JobError(`The counts cannot be: ${problems.join(', ')}.`, { isFinal: true });
    await storeSentinelReport(db, {
      topic,
      period,
      organisationId: instance.organisationId,
      version,
      instanceId,
      submittedAt,
      isOnTime: onTime,
      counts,
      level: assessment.level,
      caseLimit: assessment.limit,
    });
    return {};
  };
