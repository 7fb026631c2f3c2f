/** What other systems tell the processes: a message for one of them, a signal for all that listen. */
import { z } from 'zod';
import type { JsonObject } from '#core/json.ts';
import { readDuration } from '#core/process/time.ts';
import type { Publication, Published } from '#engine/publish.ts';
import { ApiError, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import type { PublishedAnswer } from '../views/jobs.ts';

const NAME_CHARACTERS_MAX = 200;
const KEY_CHARACTERS_MAX = 500;
const VARIABLES_BYTES_MAX = 65_536;
const TIME_TO_LIVE_MS_MAX = 30 * 86_400_000;

const name = z.string().trim().min(1).max(NAME_CHARACTERS_MAX);
const variables = z.record(z.string().max(NAME_CHARACTERS_MAX), z.unknown()).default({});

export const publishMessage = defineOperation({
  name: 'publishMessage',
  method: 'post',
  path: '/messages',
  summary: 'Send a message to whichever process waits for its name and key; sent again under its id it has one effect',
  input: z.object({
    messageId: z.uuid(),
    name,
    correlationKey: z.string().max(KEY_CHARACTERS_MAX).optional(),
    variables,
    /** ISO 8601 duration: so long it waits for somebody to wait for it. */
    timeToLive: z.string().max(40).default('PT1H'),
  }),
  right: 'message.publish',
  async run(context, { messageId, timeToLive, ...message }): Promise<PublishedAnswer> {
    const duration = readDuration(timeToLive);
    const isValid = duration && duration.months === 0 && duration.ms >= 0 && duration.ms <= TIME_TO_LIVE_MS_MAX;
    if (!isValid) throw refused({ code: 'time-to-live-invalid', data: { max: 'P30D' } });
    return answerOf(await context.runtime.publisher.message({ ...publicationOf(context, messageId, message), timeToLiveMs: duration.ms }));
  },
});

export const publishSignal = defineOperation({
  name: 'publishSignal',
  method: 'post',
  path: '/signals',
  summary: 'Send a signal to every process that listens to its name; sent again under its id it has one effect',
  input: z.object({ signalId: z.uuid(), name, variables }),
  right: 'message.publish',
  run: async (context, { signalId, ...signal }): Promise<PublishedAnswer> =>
    answerOf(await context.runtime.publisher.signal(publicationOf(context, signalId, signal))),
});

interface Told {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function publicationOf<T extends Told>({ standing }: Context, id: string, told: T): Publication & Omit<T, 'variables'> {
  if (JSON.stringify(told.variables).length > VARIABLES_BYTES_MAX)
    throw refused({ code: 'too-long', data: { field: 'variables', max: VARIABLES_BYTES_MAX } });
  // Read from JSON.
  const variables = told.variables as JsonObject;
  return { id, ...told, variables, byPerson: standing.person.id, organisationId: standing.person.organisation.id };
}

function answerOf(published: Published): PublishedAnswer {
  if (published === 'reused') throw new ApiError(409, { code: 'command-reused' });
  return { isRepeated: published === 'known' };
}
