/** How far a standard got: reached, read, adopted. */
import { z } from 'zod';
import { tallyOf } from '#core/standards/adoption.ts';
import type { Database } from '#db/database.ts';
import { readAdoptions } from '#db/standards.ts';
import type { JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({ standard: z.uuid() });

export const gatherAdoptions =
  (db: Database): JobHandler =>
  async ({ variables }) => {
    const { standard } = readInput(inputs, variables);
    const adoptions = await readAdoptions(db, { standardId: standard });
    const { reached, read, yes, partly, no } = tallyOf(adoptions.map(({ readAt, adopted }) => ({ isRead: readAt !== null, adopted })));
    return { adoption: { reached, read, yes, partly, no } };
  };
