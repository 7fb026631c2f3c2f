/** The topics that a cycle asks for: all of a frequency with the period that was over when it began, or the one that was asked for. */
import { z } from 'zod';
import { localDateOf } from '#core/calendar/zone.ts';
import { lastPeriodBefore, readPeriod } from '#core/quality/period.ts';
import { SENTINEL_FREQUENCIES, sentinelDates } from '#core/sentinel/topic.ts';
import type { Database } from '#db/database.ts';
import { readTopics } from '#db/sentinel.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({
  frequency: z.enum(SENTINEL_FREQUENCIES),
  topic: z.string().nullish(),
  period: z.string().nullish(),
  openedAt: z.iso.datetime({ offset: true }),
  zone: z.string(),
});

export const sentinelTopics =
  (db: Database): JobHandler =>
  async ({ variables }) => {
    const { frequency, topic, period: asked, openedAt, zone } = readInput(inputs, variables);
    const period = asked ? readPeriod(asked) : lastPeriodBefore(frequency, localDateOf(Date.parse(openedAt), zone));
    if (!period) throw new JobError(`"${asked}" is no period.`, { isFinal: true });
    const topics = (await readTopics(db)).filter((each) => each.frequency === frequency && (!topic || each.code === topic));
    return { topics: topics.map((each) => ({ topic: each.code, period: period.code, ...sentinelDates(each, period, zone) })) };
  };
