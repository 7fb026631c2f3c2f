import { sql } from 'kysely';
import { isRole, ROLES } from '#core/access/roles.ts';
import { readWorkers } from '#db/operations.ts';
import { notFound } from './errors.ts';
import { runtime } from './runtime.ts';

/** Ready to serve: the database answers. Workers are news for operators; without them people still work. */
export async function health(): Promise<{ readonly ok: boolean; readonly database: boolean; readonly workers: number }> {
  try {
    const { alive } = await readWorkers(runtime().db);
    return { ok: true, database: true, workers: alive };
  } catch {
    return { ok: false, database: false, workers: 0 };
  }
}

/** The people of the sample network, for its sign-in page. Only where the sample network was seeded. */
export async function demoPeople(): Promise<readonly object[]> {
  const { rows } = await sql<{
    username: string;
    name: string;
    name_en: string;
    title: string;
    organisation: string;
    organisation_en: string;
    roles: string[];
  }>`
    select u.username, p.name, p.name_en, p.title, o.name as organisation, o.name_en as organisation_en,
      array(select distinct r.role from role_assignment r where r.person_id = p.id order by r.role) as roles
    from demo_person d join person p on p.id = d.person_id join organisation o on o.id = p.organisation_id join auth_user u on u."personId" = p.id
    order by d.position`.execute(runtime().db);
  if (rows.length === 0) throw notFound();
  return rows.map((row) => ({
    signInName: row.username,
    name: row.name,
    nameEn: row.name_en,
    title: row.title,
    organisation: { name: row.organisation, nameEn: row.organisation_en },
    roleNames: row.roles.filter(isRole).map((role) => ROLES[role]),
  }));
}
