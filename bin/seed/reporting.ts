/** Quality reporting in the sample: who enters and checks in each hospital, which hospitals approve for a region, and who is obliged since when. */
import type { Role } from '#core/access/roles.ts';
import type { Dated } from '#core/quality/obligation.ts';
import type { Database } from '#db/database.ts';
import { storeExemption, storeObligations } from '#db/obligations.ts';
import { type RegionCentre, storeCatalogue, storeRegionCentres } from '#db/quality.ts';
import { readCatalogue } from './indicator-catalogue.ts';
import { ORGANISATIONS, type Organisation } from './network.ts';
import { importPastReports } from './past-reports.ts';

/** Definitions, centres and obligations for these hospitals; the same twice changes nothing. */
export async function importReporting(
  db: Database,
  organisations: readonly Organisation[],
  since: (index: number) => string,
): Promise<void> {
  const known = await readCatalogue();
  const ids = new Set(organisations.map(({ id }) => id));
  // What one hospital set for itself only where that hospital is.
  const indicators = known.indicators.filter(({ regime }) => regime.kind === 'national' || ids.has(regime.organisationId));
  await storeCatalogue(db, { ...known, indicators });
  await storeRegionCentres(db, regionCentres(organisations));
  const obligations = organisations.map(({ id }, index): Dated => ({ organisationId: id, from: since(index), to: null }));
  for (const { code } of known.sets) await storeObligations(db, code, obligations);
}

export const SAMPLE_SINCE = '2025-01-01';

/** With figures of fourteen months before, so that there is something to see; `today` is an ISO date. */
export async function importSampleReporting(db: Database, today: string): Promise<void> {
  await importReporting(db, ORGANISATIONS, () => SAMPLE_SINCE);
  await importPastReports(db, ORGANISATIONS, today);
}

/** So that a national cycle counts the 1,021 alone. */
export async function exemptSample(db: Database): Promise<void> {
  for (const { code } of (await readCatalogue()).sets)
    for (const { id } of ORGANISATIONS)
      await storeExemption(db, code, {
        organisationId: id,
        from: SAMPLE_SINCE,
        to: null,
        reason: '全国样例只统计 1,021 家机构',
        byPerson: null,
      });
}

/** The first hospital of the tier in a region. */
export function regionCentres(organisations: readonly Organisation[]): readonly RegionCentre[] {
  const centres = new Map<string, RegionCentre>();
  for (const { id, tier, city, province, isPlatform } of organisations) {
    if (isPlatform) continue;
    if (tier === 'city' && !centres.has(`city:${city}`)) centres.set(`city:${city}`, { region: city, level: 'city', organisationId: id });
    if (tier === 'province' && !centres.has(`province:${province}`))
      centres.set(`province:${province}`, { region: province, level: 'province', organisationId: id });
  }
  return [...centres.values()];
}

/** The two who may not be one person. Whoever approves is the hospital's administrator (president's office). */
export const REPORTING_POSTS: readonly { readonly role: Role; readonly suffix: string; readonly title: string }[] = [
  { role: 'quality-reporter', suffix: 'reporter', title: '质控数据员' },
  { role: 'quality-head', suffix: 'head', title: '质控科科长' },
];
