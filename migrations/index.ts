/** All migrations in their order: forward only, never edited after release. */
import { Kysely, type Migration, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import * as peopleAndOrganisations from './20261121000000-people-and-organisations.ts';
import * as signIn from './20261121000100-sign-in.ts';
import * as definitions from './20261121000200-definitions.ts';
import * as journal from './20261121000300-journal.ts';
import * as worklists from './20261121000400-worklists.ts';
import * as relay from './20261121000500-relay.ts';
import * as demo from './20261121000600-demo.ts';
import * as headLog from './20261121000700-head-log.ts';
import * as erasure from './20261121000800-erasure.ts';
import * as instanceUpdates from './20261128000000-instance-updates.ts';
import * as versions from './20261129000400-versions.ts';
import * as suspension from './20261129000500-suspension.ts';
import * as instanceMigrations from './20261129000600-instance-migrations.ts';
import * as archivesAndErrands from './20261129000700-archives-and-errands.ts';
import * as calledProcesses from './20261129001500-called-processes.ts';
import * as messages from './20261129001501-messages.ts';
import * as schedules from './20261129001502-schedules.ts';
import * as jobs from './20261129001700-jobs.ts';
import * as whereabouts from './20261129002000-whereabouts.ts';
import * as retention from './20261129002100-retention.ts';
import * as formEditions from './20261130000100-form-editions.ts';
import * as valueSetPages from './20261130000200-value-set-pages.ts';
import * as draftSaves from './20261130000300-draft-saves.ts';
import * as instanceLinks from './20261130003200-instance-links.ts';
import * as qualifications from './20261130003300-qualifications.ts';
import * as quality from './20261130003400-quality.ts';
import * as masterData from './20261130003500-master-data.ts';
import * as sentinel from './20261130003700-sentinel.ts';
import * as registry from './20261130003701-registry.ts';
import * as standards from './20261130003800-standards.ts';
import * as qualityDuties from './20261130004000-quality-duties.ts';
import * as limitDecisions from './20261130004500-limit-decisions.ts';
import * as linksInAnyOrder from './20261130004700-links-in-any-order.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '20261121000000-people-and-organisations': peopleAndOrganisations,
  '20261121000100-sign-in': signIn,
  '20261121000200-definitions': definitions,
  '20261121000300-journal': journal,
  '20261121000400-worklists': worklists,
  '20261121000500-relay': relay,
  '20261121000600-demo': demo,
  '20261121000700-head-log': headLog,
  '20261121000800-erasure': erasure,
  '20261128000000-instance-updates': instanceUpdates,
  '20261129000400-versions': versions,
  '20261129000500-suspension': suspension,
  '20261129000600-instance-migrations': instanceMigrations,
  '20261129000700-archives-and-errands': archivesAndErrands,
  '20261129001500-called-processes': calledProcesses,
  '20261129001501-messages': messages,
  '20261129001502-schedules': schedules,
  '20261129001700-jobs': jobs,
  '20261129002000-whereabouts': whereabouts,
  '20261129002100-retention': retention,
  '20261130000100-form-editions': formEditions,
  '20261130000200-value-set-pages': valueSetPages,
  '20261130000300-draft-saves': draftSaves,
  '20261130003200-instance-links': instanceLinks,
  '20261130003300-qualifications': qualifications,
  '20261130003400-quality': quality,
  '20261130003500-master-data': masterData,
  '20261130003700-sentinel': sentinel,
  '20261130003701-registry': registry,
  '20261130003800-standards': standards,
  '20261130004000-quality-duties': qualityDuties,
  '20261130004500-limit-decisions': limitDecisions,
  '20261130004700-links-in-any-order': linksInAnyOrder,
};

/** Brings a database to the newest version; names of the migrations that ran. Safe to call from several processes at once. */
export async function migrateToLatest(connectionString: string): Promise<readonly string[]> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString, max: 1 }) }) });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
