/** The list of a published standard: every member of the tiers and kinds that were chosen; nobody once it is superseded. */
import { z } from 'zod';
import { instantOf } from '#core/calendar/zone.ts';
import { readMembers, readStandard } from '#db/standards.ts';
import { JobError } from '../jobs.ts';
import { readInput } from '../read-input.ts';
import type { ReadRoster } from '../start-instances.ts';

const DAY_MS = 86_400_000;
/** An adoption that nobody goes on with lapses so long after the deadline. */
const LAPSES_DAYS = 90;

const selection = z.object({ standard: z.uuid(), zone: z.string() });

export const standardMembers: ReadRoster = async (db, given) => {
  const { standard: id, zone } = readInput(selection, given);
  const standard = await readStandard(db, id);
  if (!standard) throw new JobError('The standard is not in the library.', { isFinal: true });
  const members = standard.supersededAt === null ? await readMembers(db, standard) : [];
  const adoptBy = instantOf(standard.adoptionDeadline, '23:59:59', zone);
  return {
    occasion: id,
    recipients: members.map((organisationId) => ({ organisationId, variables: {} })),
    shared: {
      standard: id,
      hasTraining: standard.training !== null,
      adoptBy: new Date(adoptBy).toISOString(),
      expiresAt: new Date(adoptBy + LAPSES_DAYS * DAY_MS).toISOString(),
    },
  };
};
