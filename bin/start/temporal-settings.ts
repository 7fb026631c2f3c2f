/** `temporal-dev.yaml`, read and checked. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.strictObject({
  cli: z.strictObject({ version: z.string(), serverVersionMin: z.string() }),
  ports: z.strictObject({ frontend: z.int(), ui: z.int() }),
  namespace: z.string(),
  retentionDays: z.int().min(1),
  searchAttributes: z.record(z.string(), z.enum(['Keyword', 'KeywordList', 'Text', 'Int', 'Double', 'Bool', 'Datetime'])),
  databaseFile: z.string(),
  sqlitePragmas: z.record(z.string(), z.string()),
  dynamicConfig: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type TemporalSettings = z.infer<typeof schema>;

export async function readTemporalSettings(): Promise<TemporalSettings> {
  return schema.parse(parse(await readFile(new URL('../../temporal-dev.yaml', import.meta.url), 'utf8')));
}
