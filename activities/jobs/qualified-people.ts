/** Who has a qualification at the instance's organisation, for a rule to choose from. */
import { z } from 'zod';
import { QUALIFIED_ROLES } from '#core/access/roles.ts';
import type { Database } from '#db/database.ts';
import { readQualified } from '#db/qualifications.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from './jobs.ts';

/** The applicant is never among them, nor whoever else is named. */
const input = z.object({ role: z.string(), except: z.array(z.string()).default([]) });

export const qualifiedPeople =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const parsed = input.safeParse(variables);
    if (!parsed.success || !QUALIFIED_ROLES.has(parsed.data.role))
      throw new JobError('The input "role" must be a role that processes give.', { isFinal: true });
    const instance = await readInstance(db, instanceId);
    if (!instance) throw new JobError('The instance is gone.', { isFinal: true });
    const except = new Set([...parsed.data.except, instance.applicantId]);
    const { organisationId, serviceKey } = instance;
    const qualified = await readQualified(db, { role: parsed.data.role, organisationId, serviceKey });
    return { people: qualified.filter(({ person }) => !except.has(person)).map((each) => ({ ...each })) };
  };
