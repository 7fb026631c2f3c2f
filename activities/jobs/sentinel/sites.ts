/** The list of a sentinel cycle: the hospitals that are on the roster of a topic for all of a period, with the times that count. */
import { z } from 'zod';
import { readPeriod } from '#core/quality/period.ts';
import { sentinelDates } from '#core/sentinel/topic.ts';
import { readSites, readTopic, sitesObliged } from '#db/sentinel.ts';
import { JobError } from '../jobs.ts';
import { readInput } from '../read-input.ts';
import type { ReadRoster } from '../start-instances.ts';

const selection = z.object({ topic: z.string(), period: z.string(), zone: z.string() });

export const sentinelSites: ReadRoster = async (db, given) => {
  const { topic: code, period: asked, zone } = readInput(selection, given);
  const [topic, period] = [await readTopic(db, code), readPeriod(asked)];
  if (!topic || !period) throw new JobError(`The topic ${code} or the period ${asked} is not known.`, { isFinal: true });
  const obliged = sitesObliged(await readSites(db, code), period);
  return {
    occasion: sentinelOccasion(code, period.code),
    recipients: obliged.map((organisationId) => ({ organisationId, variables: {} })),
    shared: { topic: code, period: period.code, ...sentinelDates(topic, period, zone) },
  };
};

export const sentinelOccasion = (topic: string, period: string): string => `${topic}:${period}`;
