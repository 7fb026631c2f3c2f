/** Gives the applicant of an instance a role at the instance's organisation, suspends it, or takes it back. */
import { z } from 'zod';
import { QUALIFIED_ROLES } from '#core/access/roles.ts';
import type { Database } from '#db/database.ts';
import { endQualification, setQualification } from '#db/qualifications.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from './jobs.ts';

const trait = z.union([z.string().max(100), z.number(), z.boolean(), z.null()]);
const input = z.object({
  role: z.string(),
  state: z.enum(['active', 'suspended', 'on-leave', 'ended']),
  traits: z.record(z.string(), trait).default({}),
});

/** Whom it concerns, and where, is not the diagram's to say: nobody gets a role through another's instance. */
export const qualification =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const parsed = input.safeParse(variables);
    if (!parsed.success) throw new JobError('The inputs must be role, state and traits.', { isFinal: true });
    const { role, state, traits } = parsed.data;
    if (!QUALIFIED_ROLES.has(role)) throw new JobError(`No process may give or take the role "${role}".`, { isFinal: true });
    const instance = await readInstance(db, instanceId);
    if (!instance?.applicantId) throw new JobError('The instance has no applicant.', { isFinal: true });
    const { applicantId: personId, organisationId } = instance;
    if (state === 'ended') await endQualification(db, { personId, role, organisationId });
    else await setQualification(db, { personId, role, organisationId }, { state, traits });
    return {};
  };
