/**
 * Fills an empty database with the sample network: organisations and people as master data, the flows deployed and checked, and
 * instances that people took through the product itself (`seed/walk.ts`). Leaves a database with other people in it alone. With `--scale national` also the
 * 1,021 institutions of the papers.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { config } from '#config/config.ts';
import { PROVINCES } from '#core/access/provinces.ts';
import { localDateOf } from '#core/calendar/zone.ts';
import { openDatabase } from '#db/database.ts';
import { hasDemoPeople, hasPeople, offerDemoPeople } from '#db/network.ts';
import { deployFlows, importNationalNetwork, importSampleNetwork } from './seed/import.ts';
import { NATIONAL_ORGANISATIONS } from './seed/national.ts';
import { ORGANISATIONS, SAMPLE_ZONE } from './seed/network.ts';
import { isOffered, PEOPLE } from './seed/people.ts';
import { importSampleReporting } from './seed/reporting.ts';

const SCALES = ['sample', 'national'] as const;
const { scale } = parseArgs({ options: { scale: { type: 'string', default: 'sample' } } }).values;
if (!SCALES.some((known) => known === scale)) throw new Error(`--scale is ${SCALES.join(' or ')}, not "${scale}".`);

const { database } = config();
const db = openDatabase({ url: database.url, connectionsMax: 2, applicationName: 'bihuan-seed' });
try {
  if ((await hasPeople(db)) && !(await hasDemoPeople(db))) {
    say('The database has people of its own; it is left as it is.');
  } else {
    await importSampleNetwork(db);
    await importSampleReporting(db, localDateOf(Date.now(), SAMPLE_ZONE));
    await offerDemoPeople(
      db,
      PEOPLE.filter(isOffered).map((person) => person.id),
    );
    say(`${PEOPLE.length} people of ${ORGANISATIONS.length} hospitals are there.`);
    if (scale === 'national') {
      await importNationalNetwork(db);
      say(`${NATIONAL_ORGANISATIONS.length} institutions of ${PROVINCES.length} provinces stand beside them.`);
    }
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
