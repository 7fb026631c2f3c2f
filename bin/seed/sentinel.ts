/** What the sample network watches; which hospitals do is designated through the product. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { sentinelTopic } from '#core/sentinel/topic.ts';
import type { Database } from '#db/database.ts';
import { storeTopics } from '#db/sentinel.ts';

const TOPICS = new URL('../../flows/sentinel-report/topics.json', import.meta.url);

export async function importTopics(db: Database): Promise<void> {
  await storeTopics(db, z.array(sentinelTopic).parse(JSON.parse(await readFile(TOPICS, 'utf8'))));
}
