/** The list of those whose control charts call for an enquiry, with the indicators. */
import { z } from 'zod';
import { readSignals } from '#db/quality-feedback.ts';
import { JobError } from '../jobs.ts';
import { readInput } from '../read-input.ts';
import type { ReadRoster } from '../start-instances.ts';
import { occasionOf } from './obliged-hospitals.ts';

const selection = z.object({ set: z.string(), period: z.string() });

export const enquiryHospitals: ReadRoster = async (db, given) => {
  const { set, period } = readInput(selection, given);
  const signals = await readSignals(db, { setCode: set, period });
  if (!signals) throw new JobError(`The set ${set} or the period ${period} is not known.`, { isFinal: true });
  return {
    occasion: occasionOf(set, period),
    recipients: signals.map(({ organisationId, indicators }) => ({ organisationId, variables: { indicators } })),
    shared: { set, period },
  };
};
