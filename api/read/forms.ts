/** What is shown of forms: those of the current versions of the flows, their earlier texts, and their editions. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { titleOf } from '#core/form/localize.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { LocalizedText } from '#core/text.ts';
import { currentDeployments } from '#db/deployments.ts';
import { type FormKey, readEditions, type StoredEdition } from '#db/editions.ts';
import { readVersion, readVersions } from '#db/versions.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import { formIn, setOf } from '#engine/editions.ts';
import type { Context } from '../operation.ts';
import type { EditionActView, EditionHead, EditionView, FormHistoryView, FormRow, FormsView, FormVersionRow } from '../views/forms.ts';
import { elementName } from './element-name.ts';

export async function formsOfFlows(context: Context): Promise<FormsView> {
  const { db } = context.runtime;
  const [current, open] = await Promise.all([currentDeployments(db), readEditions(db, { isOpen: true })]);
  const flows = await Promise.all(
    current.map(async ({ serviceKey, graphHash, descriptor }) => {
      const graph = await context.runtime.definitions.graph(graphHash);
      const rows = await Promise.all(Object.keys(graph.forms).map((formKey) => rowOf(context, graph, { serviceKey, formKey }, open)));
      return {
        key: serviceKey,
        name: serviceDescriptor.parse(descriptor).name,
        forms: [...rows, ...(await newForms(context, graph, serviceKey, open))],
      };
    }),
  );
  return { flows: flows.filter(({ forms }) => forms.length > 0) };
}

export async function formHistory(context: Context, which: FormKey): Promise<FormHistoryView | null> {
  const { db, definitions } = context.runtime;
  const [all, current, editions] = await Promise.all([
    readVersions(db, { key: which.serviceKey }),
    currentDeployments(db),
    readEditions(db, which),
  ]);
  const deployment = current.find(({ serviceKey }) => serviceKey === which.serviceKey);
  if (!deployment) return null;
  const graph = await definitions.graph(deployment.graphHash);
  const open = editions.filter(({ state }) => state === 'draft' || state === 'in-review');
  const isThere = graph.forms[which.formKey] !== undefined;
  if (!isThere && editions.length === 0) return null;
  const row = isThere
    ? await rowOf(context, graph, which, open)
    : (await newForms(context, graph, which.serviceKey, editions)).find(({ formKey }) => formKey === which.formKey);
  if (!row) return null;

  const versions: FormVersionRow[] = [];
  let lastHash: string | undefined;
  for (const version of [...all].reverse()) {
    if (version.graphHash === null || version.state === 'draft') continue;
    const hash = (await definitions.graph(version.graphHash)).forms[which.formKey];
    if (hash === undefined) continue;
    const [newest] = versions;
    if (hash === lastHash && newest) {
      // Whoever published the flow again changed nothing of this form.
      versions[0] = { ...newest, isCurrent: newest.isCurrent || version.isCurrent };
      continue;
    }
    lastHash = hash;
    const published = version.acts.find(({ act }) => act === 'publish') ?? version.acts[0];
    versions.unshift({
      version: version.version,
      formVersion: (await definitions.form(hash)).version ?? null,
      state: version.state,
      isCurrent: version.isCurrent,
      at: published?.at ?? '',
      by: published?.byPerson ? await context.runtime.directory.person(published.byPerson) : null,
    });
  }
  return {
    ...row,
    flowName: serviceDescriptor.parse(deployment.descriptor).name,
    versions,
    otherFlows: await otherFlows(context, which, row.url),
    editions: await Promise.all(
      editions.map(async (edition) => ({
        ...(await editionHead(context, edition)),
        acts: await actsOf(context, edition),
        publishedVersion: edition.publishedVersion,
      })),
    ),
  };
}

export async function editionHead(context: Context, { id, state, revision, updatedAt, updatedBy }: StoredEdition): Promise<EditionHead> {
  return { id, state, revision, updatedAt, updatedBy: await context.runtime.directory.person(updatedBy) };
}

export async function editionView(context: Context, edition: StoredEdition): Promise<EditionView> {
  const { db } = context.runtime;
  const { serviceKey, formKey, basedOn, questionnaire, steps } = edition;
  const [flow] = await readVersions(db, { key: serviceKey });
  const began = basedOn === null ? null : await readVersion(db, { key: serviceKey, version: basedOn });
  const set = began && (await setOf(db, began));
  return {
    ...(await editionHead(context, edition)),
    serviceKey,
    formKey,
    flowName: flow ? serviceDescriptor.parse(flow.descriptor).name : { 'zh-CN': serviceKey },
    basedOn,
    base: set && formIn(set.set, formKey),
    questionnaire,
    steps,
    acts: await actsOf(context, edition),
  };
}

const actsOf = (context: Context, { acts }: StoredEdition): Promise<readonly EditionActView[]> =>
  Promise.all(acts.map(async ({ act, byPerson, at, note }) => ({ act, at, note, by: await context.runtime.directory.person(byPerson) })));

async function rowOf(context: Context, graph: ProcessGraph, which: FormKey, editions: readonly StoredEdition[]): Promise<FormRow> {
  const edition = editions.find(({ serviceKey, formKey }) => serviceKey === which.serviceKey && formKey === which.formKey);
  return {
    ...which,
    ...describe(await context.runtime.definitions.form(graph.forms[which.formKey] ?? '')),
    usedIn: Object.values(graph.elements).flatMap((element) =>
      'formKey' in element && element.formKey === which.formKey ? [{ elementId: element.id, name: elementName(graph, element.id) }] : [],
    ),
    edition: edition ? await editionHead(context, edition) : null,
  };
}

/** Forms that are being written and that no version of the flow has yet. */
async function newForms(
  context: Context,
  graph: ProcessGraph,
  flow: string,
  editions: readonly StoredEdition[],
): Promise<readonly FormRow[]> {
  const fresh = editions.filter(({ serviceKey, formKey }) => serviceKey === flow && graph.forms[formKey] === undefined);
  return Promise.all(
    fresh.map(async (edition) => ({
      serviceKey: flow,
      formKey: edition.formKey,
      // What may be saved was parsed.
      ...describe(edition.questionnaire as Questionnaire),
      usedIn: [],
      edition: await editionHead(context, edition),
    })),
  );
}

async function otherFlows(context: Context, which: FormKey, url: string | null): Promise<FormHistoryView['otherFlows']> {
  if (url === null) return [];
  const { flows } = await formsOfFlows(context);
  return flows
    .filter(({ key }) => key !== which.serviceKey)
    .flatMap(({ key, name, forms }) => forms.filter((form) => form.url === url).map(({ formKey }) => ({ key, name, formKey })));
}

function describe(form: Questionnaire): Pick<FormRow, 'title' | 'url' | 'formVersion' | 'items'> {
  return { title: titleText(form), url: form.url ?? null, formVersion: form.version ?? null, items: count(form.item) };
}

function titleText(form: Questionnaire): LocalizedText {
  const chinese = titleOf(form, 'zh-CN') || (form.name ?? form.id ?? '');
  const english = titleOf(form, 'en');
  return { 'zh-CN': chinese, ...(english !== '' && english !== chinese ? { en: english } : {}) };
}

const count = (items: readonly QuestionnaireItem[] = []): number => items.reduce((sum, { item }) => sum + 1 + count(item), 0);
