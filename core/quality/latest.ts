/** What counts of the reports of a hospital for a period: the newest version. */
export function latestVersions<Report extends { readonly organisationId: string; readonly period: string; readonly version: number }>(
  reports: readonly Report[],
): readonly Report[] {
  const latest = new Map<string, Report>();
  for (const report of reports) {
    const key = `${report.organisationId}/${report.period}`;
    const known = latest.get(key);
    if (!known || known.version < report.version) latest.set(key, report);
  }
  return [...latest.values()];
}
