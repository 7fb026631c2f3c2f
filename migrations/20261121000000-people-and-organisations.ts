import { type Kysely, sql } from 'kysely';

/** Master data: who works where, in which role and team (requirements.md 1). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table calendar (
      id text primary key,
      definition jsonb not null
    );
    create table organisation (
      id text primary key,
      name text not null,
      name_en text not null,
      kind text not null,
      tier text not null,
      tie text not null,
      province text not null,
      city text not null,
      zone text not null,
      calendar_id text not null references calendar,
      is_platform boolean not null default false
    );
    -- The platform is one organisation: its roles review, dispatch and control quality.
    create unique index organisation_platform on organisation (is_platform) where is_platform;
    create table department (
      id text primary key,
      organisation_id text not null references organisation,
      name text not null,
      name_en text not null
    );
    create table team (
      id text primary key,
      organisation_id text not null references organisation,
      name text not null,
      name_en text not null
    );
    create table room (
      id text primary key,
      organisation_id text not null references organisation,
      name text not null,
      name_en text not null,
      kind text not null
    );
    create table person (
      id text primary key,
      organisation_id text not null references organisation,
      department_id text references department,
      name text not null,
      name_en text not null,
      title text not null,
      phone text not null
    );
    create table role_assignment (
      person_id text not null references person,
      role text not null,
      organisation_id text not null references organisation,
      primary key (person_id, role, organisation_id)
    );
    -- Who holds a role at an organisation: notices and the names behind a principal.
    create index role_assignment_holders on role_assignment (organisation_id, role);
    create table team_member (
      team_id text not null references team,
      person_id text not null references person,
      primary key (team_id, person_id)
    );
    create index team_member_person on team_member (person_id);
  `.execute(db);
}
