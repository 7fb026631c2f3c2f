/** An account for a remote worker: a person of the network with one role, and the types of job it may take. */
import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Database } from '#db/database.ts';
import { importNetwork } from '#db/network.ts';
import { setJobTypes } from '#db/remote-jobs.ts';

const PASSWORD_BYTES = 24;

export interface WorkerAccount {
  readonly signInName: string;
  readonly organisationId: string;
  readonly jobTypes: readonly string[];
}

/** The password is told once and kept nowhere. Null where the name is taken. */
export async function createWorkerAccount(db: Database, { signInName, organisationId, jobTypes }: WorkerAccount): Promise<string | null> {
  const id = `w-${signInName}`;
  if (await db.selectFrom('auth_user').select('id').where('username', '=', signInName).executeTakeFirst()) return null;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await importNetwork(db, {
    calendars: [],
    organisations: [],
    departments: [],
    teams: [],
    rooms: [],
    persons: [
      { id, organisation_id: organisationId, department_id: null, name: signInName, name_en: signInName, title: '接口程序', phone: '' },
    ],
    roles: [{ person_id: id, role: 'job-worker', organisation_id: organisationId }],
    qualifications: [],
    members: [],
    users: [{ person_id: id, username: signInName, name: signInName, password_hash: await hashPassword(password) }],
  });
  await setJobTypes(db, id, jobTypes);
  return password;
}
