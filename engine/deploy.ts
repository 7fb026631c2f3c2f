import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import type { Database } from '#db/database.ts';
import { publishedFlows } from '#db/deployments.ts';
import { readVersions } from '#db/versions.ts';
import { checkSet, type FlowSet } from './flow-set.ts';
import { deployChecked, publishVersion } from './versions.ts';

export type Deployed =
  | { readonly kind: 'deployed'; readonly key: string; readonly version: number; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/**
 * How the product brings its own flows: checked and published at once, or refused as a whole. The same set again is the same version, and it
 * stays as people left it: a flow that was rolled back is not rolled forward by a restart, and where people have published a version of their
 * own, the product's next one waits as a draft for somebody to look at it. `beside`: keys of the flows that are brought with it.
 */
export async function deploy(db: Database, set: FlowSet, beside: readonly string[] = []): Promise<Deployed> {
  const checked = await checkSet(set, [...(await publishedFlows(db)), ...beside]);
  const { findings } = checked;
  if (checked.kind === 'unreadable' || hasErrors(findings)) return { kind: 'refused', findings };
  const by = { byPerson: null, note: null };
  const { key, version, isNew } = await deployChecked(db, checked, by);
  if (isNew && !(await isOfPeople(db, key))) await publishVersion(db, { key, version }, by, { checked });
  return { kind: 'deployed', key, version, findings };
}

async function isOfPeople(db: Database, key: string): Promise<boolean> {
  const current = (await readVersions(db, { key })).find(({ isCurrent }) => isCurrent);
  return current?.acts.some(({ act, byPerson }) => act === 'publish' && byPerson !== null) ?? false;
}
