/** What becomes of a deployed set: a draft, published, retired, current again. Every act is recorded with who, when and why. */
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { VersionContent } from '#core/version/diff.ts';
import { type VersionAct, type VersionStanding, versionCan } from '#core/version/life.ts';
import { insertContent, readContent } from '#db/contents.ts';
import type { Database } from '#db/database.ts';
import { publishedFlows } from '#db/deployments.ts';
import {
  findSameVersion,
  insertDraft,
  keepSet,
  lockVersions,
  makeCurrent,
  publishDraft,
  readVersion,
  recordAct,
  retireVersion,
  type StoredAct,
  type StoredVersion,
  type VersionKey,
} from '#db/versions.ts';
import type { Definitions } from './definitions.ts';
import { type Checked, type CheckedSet, checkSet, type FlowSet } from './flow-set.ts';

/** Who does it, and why. */
export type Doing = Pick<StoredAct, 'byPerson' | 'note'>;

/** A draft with the next number, unless the same set is a version already. A draft may have findings of every severity. */
export async function deployChecked(db: Database, checked: CheckedSet, doing: Doing): Promise<VersionKey & { readonly isNew: boolean }> {
  const { key } = checked.descriptor;
  const { setHash, bpmnHash, findings, descriptor } = checked;
  const graphHash = checked.graph?.hash ?? null;
  return db.transaction().execute(async (trx) => {
    await lockVersions(trx, key);
    for (const content of checked.contents) await insertContent(trx, content);
    const same = await findSameVersion(trx, { key, setHash, graphHash, bpmnHash, descriptor });
    if (same !== null) {
      await keepSet(trx, { key, version: same }, setHash);
      return { key, version: same, isNew: false };
    }
    const version = await insertDraft(trx, { key, setHash, graphHash, bpmnHash, descriptor, findings });
    await recordAct(trx, { key, version }, { act: 'deploy', ...doing });
    return { key, version, isNew: true };
  });
}

export type ActResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' }
  /** The version is not in a state in which this can be done. */
  | { readonly kind: 'not-now' }
  /** Findings of severity error stand against it. */
  | { readonly kind: 'faulty'; readonly findings: readonly Finding[] };

/** What has to be done together with an act, before it; anything but null is a refusal, and both are left undone. */
export type Together<Refusal> = (trx: Database) => Promise<Refusal | null>;

const ALONE: Together<never> = () => Promise.resolve(null);

export interface PublishOptions<Refusal> {
  readonly together?: Together<Refusal>;
  /** What was checked a moment ago. */
  readonly checked?: Checked;
}

/** Checked once more, by the checker of today: a draft may be older than a rule. */
export async function publishVersion<Refusal = never>(
  db: Database,
  which: VersionKey,
  doing: Doing,
  { together = ALONE, checked: known }: PublishOptions<Refusal> = {},
): Promise<ActResult | Refusal> {
  return act(db, which, { name: 'publish', doing, together }, async (trx, { setHash }) => {
    if (setHash === null) throw new Error(`The draft ${which.version} of ${which.key} has no set.`);
    const text = await readContent(trx, setHash, 'set');
    if (text === null) throw new Error(`The set ${setHash} is named but not stored.`);
    // Stored by us as the canonical JSON of a set.
    const again = () => publishedFlows(trx).then((published) => checkSet(JSON.parse(text) as FlowSet, published));
    const checked = known?.kind === 'read' && known.setHash === setHash ? known : await again();
    const { findings } = checked;
    if (checked.kind === 'unreadable' || !checked.graph || hasErrors(findings)) return { kind: 'faulty', findings };
    for (const content of checked.contents) await insertContent(trx, content);
    await publishDraft(trx, which, { graphHash: checked.graph.hash, findings });
    return { kind: 'done' };
  });
}

/** No new instances; those that run go on. */
export const retire = (db: Database, which: VersionKey, doing: Doing): Promise<ActResult> =>
  act(db, which, { name: 'retire', doing, together: ALONE }, async (trx) => {
    await retireVersion(trx, which);
    return { kind: 'done' };
  });

/** The way back: an earlier version starts the new instances. */
export const rollBack = <Refusal = never>(
  db: Database,
  which: VersionKey,
  doing: Doing,
  together: Together<Refusal> = ALONE,
): Promise<ActResult | Refusal> =>
  act(db, which, { name: 'make-current', doing, together }, async (trx) => {
    await makeCurrent(trx, which);
    return { kind: 'done' };
  });

async function act<Refusal>(
  db: Database,
  which: VersionKey,
  { name, doing, together }: { readonly name: VersionAct; readonly doing: Doing; readonly together: Together<Refusal> },
  run: (trx: Database, version: StoredVersion) => Promise<ActResult>,
): Promise<ActResult | Refusal> {
  let undone: ActResult | null = null;
  try {
    return await db.transaction().execute(async (trx): Promise<ActResult | Refusal> => {
      await lockVersions(trx, which.key);
      const version = await readVersion(trx, which);
      if (!version) return { kind: 'not-found' };
      if (!versionCan(name, standingOf(version))) return { kind: 'not-now' };
      const refusal = await together(trx);
      if (refusal !== null) return refusal;
      const result = await run(trx, version);
      if (result.kind === 'done') {
        await recordAct(trx, which, { act: name, ...doing });
        return result;
      }
      undone = result;
      throw new Error('Thrown to undo what was done together with it.');
    });
  } catch (error) {
    if (undone !== null) return undone;
    throw error;
  }
}

export const standingOf = ({ state, isCurrent, acts }: Pick<StoredVersion, 'state' | 'isCurrent' | 'acts'>): VersionStanding => ({
  state,
  isCurrent,
  wasPublished: acts.some(({ act: name }) => name === 'publish'),
});

/** What two versions are compared by; null for a draft that does not compile. */
export async function contentOf(definitions: Definitions, { graphHash }: Pick<StoredVersion, 'graphHash'>): Promise<VersionContent | null> {
  if (graphHash === null) return null;
  const graph = await definitions.graph(graphHash);
  const forms = await Promise.all(
    Object.entries(graph.forms).map(async ([key, hash]): Promise<[string, Questionnaire]> => [key, await definitions.form(hash)]),
  );
  return { graph, forms: Object.fromEntries(forms) };
}
