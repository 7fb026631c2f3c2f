/** Whether a hospital has to get better, as its feedback report says it. The report itself is drawn from the same figures when it is read. */
import { z } from 'zod';
import type { Database } from '#db/database.ts';
import { readFeedback } from '#db/quality-feedback.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({ set: z.string(), period: z.string() });

export const giveFeedback =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const { set, period } = readInput(inputs, variables);
    const instance = await readInstance(db, instanceId);
    const feedback = instance && (await readFeedback(db, { setCode: set, period, organisationId: instance.organisationId }));
    if (!feedback) throw new JobError(`The set ${set} or the period ${period} is not known.`, { isFinal: true });
    const concerns = feedback.filter(({ isConcern }) => isConcern).map(({ code }) => code);
    const enquiries = feedback.filter((each) => each.callsForEnquiry).map(({ code }) => code);
    return { feedback: { needsPlan: concerns.length + enquiries.length > 0, concerns, enquiries } };
  };
