/**
 * Fills an empty database with the sample network: organisations and people as master data, the flows deployed and checked, and
 * instances that people took through the product itself (`seed/walk.ts`). Leaves a database with other people in it alone.
 */
import process from 'node:process';
import { config } from '#config/config.ts';
import { openDatabase } from '#db/database.ts';
import { hasDemoPeople, hasPeople, offerDemoPeople } from '#db/network.ts';
import { deployFlows, importSampleNetwork } from './seed/import.ts';
import { ORGANISATIONS } from './seed/network.ts';
import { PEOPLE } from './seed/people.ts';

const { database } = config();
const db = openDatabase({ url: database.url, connectionsMax: 2, applicationName: 'bihuan-seed' });
try {
  if ((await hasPeople(db)) && !(await hasDemoPeople(db))) {
    say('The database has people of its own; it is left as it is.');
  } else {
    await importSampleNetwork(db);
    await offerDemoPeople(
      db,
      PEOPLE.map((person) => person.id),
    );
    say(`${PEOPLE.length} people of ${ORGANISATIONS.length} hospitals are there.`);
    for (const deployed of await deployFlows(db)) {
      for (const finding of deployed.findings) say(`${finding.severity}: ${finding.file} ${finding.elementId}: ${finding.message}`);
      if (deployed.kind === 'refused') throw new Error('A flow is refused; see the findings above.');
      say(`Flow ${deployed.key} is deployed as version ${deployed.version}.`);
    }
  }
} finally {
  await db.destroy();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
