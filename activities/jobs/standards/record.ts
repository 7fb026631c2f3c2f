/** What a member did with a standard, for the board: that it has read it, and what it answered. Whose it is, is its instance's to say. */
import { z } from 'zod';
import { ADOPTED } from '#core/standards/adoption.ts';
import type { Database } from '#db/database.ts';
import { readStandard, recordAdoption, recordReading } from '#db/standards.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.discriminatedUnion('what', [
  z.object({ what: z.literal('read'), standard: z.uuid() }),
  z.object({
    what: z.literal('adoption'),
    standard: z.uuid(),
    adopted: z.enum(ADOPTED),
    obstacles: z.array(z.string().max(40)),
    adoptBy: z.iso.datetime({ offset: true }),
  }),
]);

export const recordAdoptionStep =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const given = readInput(inputs, variables);
    const [instance, standard] = await Promise.all([readInstance(db, instanceId), readStandard(db, given.standard)]);
    if (!instance || !standard) throw new JobError('The standard is not in the library.', { isFinal: true });
    const of = { standardId: given.standard, organisationId: instance.organisationId };
    const at = given.what === 'read' ? await recordReading(db, of) : await recordAdoption(db, of, given);
    return { at, isSuperseded: standard.supersededAt !== null };
  };
