/** What becomes of a form that was changed: the current set of its flow with this form in it, checked as a whole and published as its next version. */
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import { assemble, partsAmong } from '#core/form/assemble.ts';
import { parseQuestionnaire } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { readTerminology } from '#core/form/terminology/beside.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { editionCan, nextFormVersion } from '#core/version/edition.ts';
import { readContent } from '#db/contents.ts';
import type { Database } from '#db/database.ts';
import { publishedFlows } from '#db/deployments.ts';
import { type FormKey, moveEdition, type StoredEdition } from '#db/editions.ts';
import { keepSteps } from '#db/form-steps.ts';
import { readVersion, readVersions, type StoredVersion } from '#db/versions.ts';
import { type Checked, checkSet, type FlowSet } from './flow-set.ts';
import { type ActResult, type Doing, deployChecked, publishVersion, rollBack, standingOf } from './versions.ts';

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
  // In its place: a set whose forms stand in another order is another set.
  if (set.forms.some(({ key }) => key === formKey))
    return { ...set, forms: set.forms.map((form) => (form.key === formKey ? { ...form, json } : form)) };
  return { ...set, forms: [...set.forms, { file: `forms/${formKey}.json`, key: formKey, json }] };
}

/** The form as instances would pin it, with its parts and value sets in it; null where they are not all there. */
export async function assembledForm(db: Database, { serviceKey, formKey, questionnaire }: StoredEdition): Promise<Questionnaire | null> {
  const current = await currentSet(db, serviceKey);
  if (!current) return null;
  const { forms, valueSets = [] } = withForm(current.set, formKey, questionnaire);
  const parsed = forms.flatMap(({ key, json }) => {
    const form = parseQuestionnaire(json);
    return form.ok ? [{ key, form: form.value }] : [];
  });
  const own = parsed.find(({ key }) => key === formKey);
  const assembled = own && assemble(own.form, partsAmong(parsed.map(({ form }) => form)), readTerminology(valueSets).resources);
  return assembled?.kind === 'assembled' ? assembled.questionnaire : null;
}

/** What the checker says of the flow with this form in it. */
export async function checkEdition(db: Database, { serviceKey, formKey }: FormKey, questionnaire: object): Promise<Checked | null> {
  const current = await currentSet(db, serviceKey);
  return current && checkSet(withForm(current.set, formKey, questionnaire), await publishedFlows(db));
}

export type PublishedEdition =
  | { readonly kind: 'done'; readonly version: number; readonly findings: readonly Finding[] }
  /** The flow got another text of this form meanwhile: to be looked at before it is overwritten. */
  | { readonly kind: 'outdated' }
  | Exclude<ActResult, { readonly kind: 'done' }>;

/** So often the flow may move on under the hands of somebody who publishes; a check with its proofs takes seconds at most. */
const TRIES_MAX = 5;

/**
 * The edition as it was read, and no other text: it becomes published in the same transaction as its version, which begins with the version that
 * was current when it was checked. Whoever is interrupted in between publishes again.
 */
export async function publishEdition(
  db: Database,
  edition: StoredEdition,
  doing: Doing & { readonly byPerson: string },
): Promise<PublishedEdition> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const result = await publishOver(db, edition, doing);
    if (result.kind !== 'moved') return result;
  }
  return { kind: 'not-now' };
}

async function publishOver(
  db: Database,
  edition: StoredEdition,
  doing: Doing & { readonly byPerson: string },
): Promise<PublishedEdition | { readonly kind: 'moved' }> {
  const { serviceKey, formKey } = edition;
  if (!editionCan('publish', edition.state)) return { kind: 'not-now' };
  const current = await currentSet(db, serviceKey);
  if (!current) return { kind: 'not-found' };
  if (await isOutdated(db, edition, current)) return { kind: 'outdated' };
  return publishIn(db, current, [edition], doing, async (trx, { version: publishedVersion, forms }) => {
    const toHash = forms[formKey];
    const moved = { ...edition, act: 'publish', from: edition.state, publishedVersion, ...doing } as const;
    if (!(await moveEdition(trx, moved))) return { kind: 'not-now' };
    const { baseHash, steps } = edition;
    if (baseHash && toHash && steps) await keepSteps(trx, { fromHash: baseHash, toHash }, steps);
    return null;
  });
}

/** A form that nobody edits, because what it asks is decided elsewhere: its text over what it says now. Null: it says so already. */
export interface MadeForm {
  readonly formKey: string;
  readonly make: (now: object | null) => object | null;
}

/** Publishes forms with their flow, as an edition is, where any of them says otherwise; null: none does. */
export async function publishMade(
  db: Database,
  { serviceKey, forms }: { readonly serviceKey: string; readonly forms: readonly MadeForm[] },
  doing: Doing,
): Promise<PublishedEdition | null> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const current = await currentSet(db, serviceKey);
    if (!current) return { kind: 'not-found' };
    const made: NewForm[] = [];
    for (const { formKey, make } of forms) {
      const questionnaire = make(formIn(current.set, formKey));
      if (questionnaire) made.push(await asBefore(db, { serviceKey, formKey, questionnaire }));
    }
    if (made.length === 0) return null;
    const result = await publishIn(db, current, made, doing, async () => null);
    if (result.kind !== 'moved') return result;
  }
  return { kind: 'not-now' };
}

/** As a version of the flow had it, so that this one is made current again instead of being published anew. */
async function asBefore(db: Database, made: NewForm): Promise<NewForm> {
  for (const version of await readVersions(db, { key: made.serviceKey })) {
    const set = await setOf(db, version);
    const form = set && formIn(set.set, made.formKey);
    if (form && bare(form) === bare(made.questionnaire)) return { ...made, questionnaire: form };
  }
  return made;
}

/** Without what publishing gives it. */
const bare = (form: object): string => canonicalJson({ ...form, version: null, status: null });

interface NewForm extends FormKey {
  readonly questionnaire: object;
}

interface Published {
  readonly version: number;
  /** Of the forms of the version, by key. */
  readonly forms: Readonly<Record<string, string>>;
}

/** The set with the forms in it becomes the version that starts new instances, together with what is done with it, unless the flow moved on. */
async function publishIn(
  db: Database,
  current: CurrentSet,
  made: readonly NewForm[],
  doing: Doing,
  together: (trx: Database, published: Published) => Promise<Refused | null>,
): Promise<PublishedEdition | { readonly kind: 'moved' }> {
  const serviceKey = current.version.key;
  let set = current.set;
  for (const form of made) set = withForm(set, form.formKey, await frozenForm(db, form));
  const checked = await checkSet(set, await publishedFlows(db));
  if (checked.kind === 'unreadable' || hasErrors(checked.findings)) return { kind: 'faulty', findings: checked.findings };
  const forms = checked.graph?.graph.forms ?? {};
  const which = await deployChecked(db, checked, doing);
  const alone = async (trx: Database): Promise<Refused | { readonly kind: 'moved' } | null> => {
    const now = (await readVersions(trx, { key: serviceKey })).find(({ isCurrent }) => isCurrent);
    return now?.version === current.version.version ? together(trx, { version: which.version, forms }) : { kind: 'moved' };
  };
  const stored = await readVersion(db, which);
  // The very text may have been published before, and gone back from.
  const wasPublished = stored !== null && standingOf(stored).wasPublished;
  const result = wasPublished
    ? await rollBack(db, which, doing, alone)
    : await publishVersion(db, which, doing, { together: alone, checked });
  return result.kind === 'done' ? { kind: 'done', version: which.version, findings: checked.findings } : result;
}

async function isOutdated(db: Database, { formKey, basedOn }: StoredEdition, { version, set }: CurrentSet): Promise<boolean> {
  if (basedOn === null) return formIn(set, formKey) !== null;
  if (basedOn === version.version) return false;
  const base = (await readVersions(db, { key: version.key, version: basedOn }))[0];
  const began = base && (await setOf(db, base));
  return JSON.stringify(began && formIn(began.set, formKey)) !== JSON.stringify(formIn(set, formKey));
}

/** Released: active, and with a version that no other text of the form has, of whatever version of the flow. */
async function frozenForm(db: Database, { serviceKey, formKey, questionnaire }: NewForm): Promise<object> {
  const used = new Set<string>();
  for (const version of await readVersions(db, { key: serviceKey })) {
    const set = await setOf(db, version);
    const form = set && formIn(set.set, formKey);
    if (!form) continue;
    // Released before, as it is.
    if (JSON.stringify(form) === JSON.stringify(questionnaire)) return form;
    used.add(versionOf(form) ?? '');
  }
  let version = versionOf(questionnaire) ?? nextFormVersion(undefined);
  while (used.has(version)) version = nextFormVersion(version);
  return { ...questionnaire, version, status: 'active' };
}

interface Refused {
  readonly kind: 'not-now';
}

const versionOf = (form: object): string | undefined => ('version' in form && typeof form.version === 'string' ? form.version : undefined);
