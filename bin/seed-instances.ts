/** Gives the sample network its instances, through the running web server. Leaves a network that has them alone. */
import process from 'node:process';
import { config } from '#config/config.ts';
import { openDatabase } from '#db/database.ts';
import { countInstances } from '#db/network.ts';
import { giveMasterData } from './seed/give-master-data.ts';
import { sampleInstances } from './seed/instances.ts';
import { walkOversight } from './seed/oversight.ts';
import { createWalker } from './seed/walk.ts';

const AT_ONCE = 4;

const { database, web } = config();
const db = openDatabase({ url: database.url, connectionsMax: 1, applicationName: 'bihuan-seed' });
const there = await countInstances(db).finally(() => db.destroy());
const samples = sampleInstances(new Date());
if (there >= samples.length) {
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
  await walkOversight(baseUrl, new Date());
}
