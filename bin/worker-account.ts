/** `npm run worker-account -- NAME ORGANISATION TYPE…`: makes an account for a remote worker and prints its password once. */
import process from 'node:process';
import { config } from '#config/config.ts';
import { openDatabase } from '#db/database.ts';
import { createWorkerAccount } from './accounts/worker-account.ts';

const [signInName, organisationId, ...jobTypes] = process.argv.slice(2);
if (!signInName || !/^[a-z0-9._]{3,30}$/.test(signInName) || !organisationId || jobTypes.length === 0) {
  process.stderr.write('npm run worker-account -- NAME ORGANISATION TYPE…\nNAME: 3 to 30 of a-z 0-9 . _\n');
  process.exit(2);
}
const db = openDatabase({ url: config().database.url, connectionsMax: 1, applicationName: 'bihuan-account' });
const password = await createWorkerAccount(db, { signInName, organisationId, jobTypes });
await db.destroy();
if (password === null) {
  process.stderr.write(`There is an account ${signInName} already.\n`);
  process.exit(1);
}
process.stdout.write(`${password}\n`);
