/** Gives the sample network its instances, through the running web server. Leaves a network that has them alone. */
import process from 'node:process';
import { config } from '#config/config.ts';
import { openDatabase } from '#db/database.ts';
import { instancesThere } from '#db/network.ts';
import { giveMasterData } from './seed/give-master-data.ts';
import { sampleInstances } from './seed/instances.ts';
import { walkOversight } from './seed/oversight.ts';
import { createWalker } from './seed/walk.ts';

const AT_ONCE = 4;

const { database, web } = config();
const db = openDatabase({ url: database.url, connectionsMax: 1, applicationName: 'bihuan-seed' });
const { count, since } = await instancesThere(db).finally(() => db.destroy());
// A walk that was interrupted goes on with the dates that it began with, on whatever day: a command may be given twice, but not with other answers.
const now = since ?? new Date();
const samples = sampleInstances(now);
if (count >= samples.length) {
  process.stdout.write('The sample instances are there.\n');
} else {
  const baseUrl = `http://${web.host}:${web.port}`;
  const walker = createWalker(baseUrl);
  // Orders are routed by it.
  await giveMasterData(walker.ask);
  const waiting = [...samples];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let sample = waiting.shift(); sample; sample = waiting.shift()) {
        await walker.walk(sample);
        process.stdout.write(`${sample.id}\n`);
      }
    }),
  );
  await walkOversight(baseUrl, now);
}
