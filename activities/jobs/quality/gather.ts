/** The five rates of a cycle once nothing more is taken: what was expected, what came, what came on time. */
import { z } from 'zod';
import type { Database } from '#db/database.ts';
import { readReporting } from '#db/quality-feedback.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({ set: z.string(), period: z.string() });

export const gatherCycle =
  (db: Database): JobHandler =>
  async ({ variables }) => {
    const { set, period } = readInput(inputs, variables);
    const reporting = await readReporting(db, { setCode: set, period });
    if (!reporting) throw new JobError(`The set ${set} or the period ${period} is not known.`, { isFinal: true });
    const { expected, actual, actualOnTime, rate, rateOnTime } = reporting;
    return { reporting: { expected, actual, actualOnTime, rate, rateOnTime } };
  };
