/** What becomes of a form that was changed: the current set of its flow with this form in it, checked as a whole and published as its next version. */
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import { editionCan, nextFormVersion } from '#core/version/edition.ts';
import { readContent } from '#db/contents.ts';
import type { Database } from '#db/database.ts';
import { type FormKey, moveEdition, type StoredEdition } from '#db/editions.ts';
import { keepSteps } from '#db/form-steps.ts';
import { readVersions, type StoredVersion } from '#db/versions.ts';
import { type Checked, checkSet, type FlowSet } from './flow-set.ts';
import { type ActResult, type Doing, deployChecked, publishVersion } from './versions.ts';

/** The version that starts new instances, with its files as they were deployed. */
export interface CurrentSet {
  readonly version: StoredVersion;
  readonly set: FlowSet;
}

/** Null: there is no such flow, or it was published before sets were kept. */
export async function currentSet(db: Database, serviceKey: string): Promise<CurrentSet | null> {
  const version = (await readVersions(db, { key: serviceKey })).find(({ isCurrent }) => isCurrent);
  return version ? setOf(db, version) : null;
}

export async function setOf(db: Database, version: StoredVersion): Promise<CurrentSet | null> {
  if (version.setHash === null) return null;
  const text = await readContent(db, version.setHash, 'set');
  // Stored by us as the canonical JSON of a set.
  return text === null ? null : { version, set: JSON.parse(text) as FlowSet };
}

export const formIn = ({ forms }: FlowSet, formKey: string): object | null => {
  const json = forms.find(({ key }) => key === formKey)?.json;
  return typeof json === 'object' ? json : null;
};

/** The set with another text of one form; a form that it lacks is added. */
export function withForm(set: FlowSet, formKey: string, json: object): FlowSet {
  const file = set.forms.find(({ key }) => key === formKey)?.file ?? `forms/${formKey}.json`;
  return { ...set, forms: [...set.forms.filter(({ key }) => key !== formKey), { file, key: formKey, json }] };
}

/** What the checker says of the flow with this form in it. */
export async function checkEdition(db: Database, { serviceKey, formKey }: FormKey, questionnaire: object): Promise<Checked | null> {
  const current = await currentSet(db, serviceKey);
  return current && checkSet(withForm(current.set, formKey, questionnaire));
}

export type PublishedEdition =
  | { readonly kind: 'done'; readonly version: number; readonly findings: readonly Finding[] }
  /** The flow got another text of this form meanwhile: to be looked at before it is overwritten. */
  | { readonly kind: 'outdated' }
  | Exclude<ActResult, { readonly kind: 'done' }>;

/** Safe to repeat: the same set is the same version. */
export async function publishEdition(
  db: Database,
  edition: StoredEdition,
  doing: Doing & { readonly byPerson: string },
): Promise<PublishedEdition> {
  const { serviceKey, formKey } = edition;
  if (!editionCan('publish', edition.state)) return { kind: 'not-now' };
  const current = await currentSet(db, serviceKey);
  if (!current) return { kind: 'not-found' };
  const before = formIn(current.set, formKey);
  const frozen = frozenForm(edition.questionnaire, before);
  const checked = await checkSet(withForm(current.set, formKey, frozen));
  if (checked.kind === 'unreadable' || hasErrors(checked.findings)) return { kind: 'faulty', findings: checked.findings };
  const toHash = checked.graph?.graph.forms[formKey];
  const isThere = checked.setHash === current.version.setHash;
  if (!isThere && (await isOutdated(db, edition, current))) return { kind: 'outdated' };
  const which = await deployChecked(db, checked, doing);
  if (!isThere) {
    const result = await publishVersion(db, which, doing);
    if (result.kind !== 'done') return result;
  }
  await db.transaction().execute(async (trx) => {
    if (edition.baseHash && toHash && edition.steps) await keepSteps(trx, { fromHash: edition.baseHash, toHash }, edition.steps);
    await moveEdition(trx, { id: edition.id, act: 'publish', from: edition.state, publishedVersion: which.version, ...doing });
  });
  return { kind: 'done', version: which.version, findings: checked.findings };
}

async function isOutdated(db: Database, { formKey, basedOn }: StoredEdition, { version, set }: CurrentSet): Promise<boolean> {
  if (basedOn === null) return formIn(set, formKey) !== null;
  if (basedOn === version.version) return false;
  const base = (await readVersions(db, { key: version.key, version: basedOn }))[0];
  const began = base && (await setOf(db, base));
  return JSON.stringify(began && formIn(began.set, formKey)) !== JSON.stringify(formIn(set, formKey));
}

/** Released: active, and with a version that no other text has. */
function frozenForm(questionnaire: object, before: object | null): object {
  const versionOf = (form: object | null): string | undefined =>
    form !== null && 'version' in form && typeof form.version === 'string' ? form.version : undefined;
  const version = versionOf(questionnaire) !== versionOf(before) ? versionOf(questionnaire) : nextFormVersion(versionOf(before));
  return { ...questionnaire, version: version ?? '1', status: 'active' };
}
