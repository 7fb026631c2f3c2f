/** The diseases whose registries the sample network keeps; discharges are listed through the product. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { diseaseSet } from '#core/registry/disease.ts';
import type { Database } from '#db/database.ts';
import { storeDiseases } from '#db/registry.ts';

const DISEASES = new URL('../../flows/disease-case/diseases.json', import.meta.url);

export async function importDiseases(db: Database): Promise<void> {
  await storeDiseases(db, z.array(diseaseSet).parse(JSON.parse(await readFile(DISEASES, 'utf8'))));
}
