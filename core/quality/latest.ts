/** What counts of each report: its newest version. */
export function latestVersions<Report extends { readonly instanceId: string; readonly version: number }>(
  reports: readonly Report[],
): readonly Report[] {
  const latest = new Map<string, Report>();
  for (const report of reports) {
    const known = latest.get(report.instanceId);
    if (!known || known.version < report.version) latest.set(report.instanceId, report);
  }
  return [...latest.values()];
}
