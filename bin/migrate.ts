/** Brings the database to the newest version. Run it before new web and worker processes are started. */
import { config } from '#config/config.ts';
import { migrateToLatest } from '#migrations/index.ts';

const ran = await migrateToLatest(config().database.ownerUrl);
process.stdout.write(ran.length === 0 ? 'The database is up to date.\n' : `Migrated:\n${ran.map((name) => `  ${name}\n`).join('')}`);
