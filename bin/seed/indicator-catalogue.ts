import { readFile } from 'node:fs/promises';
import { type Catalogue, catalogue } from '#core/quality/catalogue.ts';

const CATALOGUE = new URL('../../flows/quality-report/indicators.json', import.meta.url);

/** The sets, the nation's definitions and one hospital's own. */
export const readCatalogue = async (): Promise<Catalogue> => catalogue.parse(JSON.parse(await readFile(CATALOGUE, 'utf8')));
