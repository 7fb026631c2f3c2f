/** Single-disease registries: discharge lists, what is missing of them, cases. A stay's number is seen by its own hospital alone. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import { instantOf } from '#core/calendar/zone.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import { funnelOfPeers } from '#core/quality/feedback.ts';
import { type Figure, figureValue } from '#core/quality/figure.ts';
import { definitionKey, type IndicatorDefinition } from '#core/quality/indicator.ts';
import { readDischargeList } from '#core/registry/discharge-list.ts';
import type { DiseaseSet } from '#core/registry/disease.ts';
import { diseaseFigures } from '#core/registry/key-steps.ts';
import { caseStage, isMissing, reconcile } from '#core/registry/reconciliation.ts';
import type { LocalizedText } from '#core/text.ts';
import { readTaskDraft } from '#db/drafts.ts';
import { listStay, readDisease, readDiseases, readStay, readStayCases, type StayCase, linkStay as storeLink } from '#db/registry.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { stayRegister } from '#engine/stay-register.ts';
import { ApiError, errorOf, notFound } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import { loadInstance } from '../read/instance.ts';
import { today } from '../read/today.ts';
import type {
  FilledCaseView,
  ListedResult,
  ListedView,
  OpenedCaseView,
  RateView,
  RegistryDiseasePage,
  RegistryHospital,
  RegistryView,
  StayView,
} from '../views/registry.ts';
import { putDraft } from './drafts.ts';

const FLOW = 'disease-case';
const DAY_MS = 86_400_000;
const ROWS_MAX = 1_000;
const cell = z.string().max(200);
const dischargeRow = z.object({ stayNumber: cell, icd: cell, dischargedOn: cell, department: cell.optional() });

/** Null: of all. */
function readable(context: Context): readonly string[] | null {
  const scope = scopeOf('registry.read', context.standing.roles);
  return scope === 'all' ? null : (scope ?? []);
}

/** The hospital for which the person lists and opens. */
function managedBy(context: Context): string {
  const scope = scopeOf('registry.manage', context.standing.roles);
  const [organisationId] = scope === null || scope === 'all' ? [] : scope;
  if (organisationId === undefined) throw notFound();
  return organisationId;
}

export const registry = defineOperation({
  name: 'registry',
  method: 'get',
  path: '/registry',
  summary: 'The diseases with what was submitted of what is eligible',
  input: z.object({}),
  right: 'registry.read',
  async run(context): Promise<RegistryView> {
    const { db } = context.runtime;
    const own = readable(context);
    const diseases = await Promise.all(
      (await readDiseases(db)).map(async (disease) => {
        const cases = await readStayCases(db, { disease: disease.code, organisationIds: own });
        const [keySteps] = diseaseFigures(disease, countedOf(cases));
        return { ...headOf(disease), reconciliation: reconcile(cases), keySteps: rateOf(keySteps) };
      }),
    );
    return { diseases, ownOrganisationIds: own };
  },
});

const headOf = ({ code, name, criteria, icdPrefixes }: DiseaseSet) => ({ code, name, criteria, icdPrefixes });

/** Indicators are of what the disease team accepted. */
const countedOf = (cases: readonly StayCase[]) =>
  cases
    .filter(({ isAccepted, isExcluded }) => isAccepted && !isExcluded)
    .map(({ steps, outcome, readmitted }) => ({ steps, outcome: outcome ?? '', readmitted: readmitted ?? false }));

function rateOf(figure: Pick<Figure, 'numerator' | 'denominator'> | undefined): RateView {
  if (!figure) return { numerator: 0, denominator: 0, value: null };
  const value = figureValue(figure);
  return { numerator: figure.numerator ?? 0, denominator: figure.denominator ?? 0, value: value.kind === 'value' ? value.value : null };
}

export const registryDisease = defineOperation({
  name: 'registryDisease',
  method: 'get',
  path: '/registry/:disease',
  summary: 'A disease: reconciliation and indicators by hospital, and the stays of the own one with what is missing',
  input: z.object({ disease: z.string().max(60) }),
  right: 'registry.read',
  async run(context, { disease: code }): Promise<RegistryDiseasePage> {
    const { db } = context.runtime;
    const disease = await readDisease(db, code);
    if (!disease) throw notFound();
    const own = readable(context);
    const cases = await readStayCases(db, { disease: code, organisationIds: own });
    return {
      disease: headOf(disease),
      hospitals: hospitalsOf(disease, cases),
      stays: own ? await staysOf(context, disease, cases) : [],
      canManage: scopeOf('registry.manage', context.standing.roles) !== null,
    };
  },
});

function hospitalsOf(disease: DiseaseSet, cases: readonly StayCase[]): readonly RegistryHospital[] {
  const byHospital = new Map<string, StayCase[]>();
  for (const each of cases) byHospital.set(each.organisationId, [...(byHospital.get(each.organisationId) ?? []), each]);
  const figures = new Map([...byHospital].map(([id, of]) => [id, diseaseFigures(disease, countedOf(of))]));
  const definition = keyStepDefinition(disease);
  const peers = [...figures].flatMap(([organisationId, of]) =>
    of.map((figure) => ({ ...figure, organisationId, definition: definitionKey(definition) })),
  );
  const { points } = funnelOfPeers(definition, peers);
  return [...byHospital].flatMap(([id, of]) => {
    const [first] = of;
    if (!first) return [];
    return [
      {
        organisation: first.organisation,
        reconciliation: reconcile(of),
        indicators: (figures.get(id) ?? []).map((figure) => ({
          code: figure.code,
          name: indicatorName(disease, figure.code),
          ...rateOf(figure),
        })),
        standing: points.length < 2 ? null : (points.find((point) => point.id === id)?.verdict ?? null),
      },
    ];
  });
}

/** The key-step rate as `core/quality` defines indicators, so that hospitals are compared as everywhere else. */
const keyStepDefinition = ({ code, name }: DiseaseSet): IndicatorDefinition => ({
  code: `${code}-key-steps`,
  name,
  numerator: { 'zh-CN': '按时完成的关键步骤', en: 'Key steps in time' },
  denominator: { 'zh-CN': '应完成的关键步骤', en: 'Key steps that were due' },
  kind: 'proportion',
  regime: { kind: 'national' },
  version: 1,
  validFrom: '2020-01-01',
  validTo: null,
  parameters: {},
  multiplier: 100,
  improvement: 'higher',
});

function indicatorName({ code, steps }: DiseaseSet, indicator: string): LocalizedText {
  const step = steps.find((each) => `${code}-${each.code}` === indicator);
  if (step) return step.name;
  if (indicator.endsWith('-died')) return { 'zh-CN': '死亡率', en: 'Died' };
  if (indicator.endsWith('-readmitted')) return { 'zh-CN': '31 天再住院率', en: 'Readmitted within 31 days' };
  return { 'zh-CN': '关键步骤完成率', en: 'Key-step rate' };
}

async function staysOf(context: Context, disease: DiseaseSet, cases: readonly StayCase[]): Promise<readonly StayView[]> {
  const now = new Date().toISOString();
  const views: StayView[] = [];
  for (const stay of cases) {
    const { stayNumber, department } = (await stayRegister(context.runtime.keys, stay.organisationId)).open(stay.body);
    const { id, icd, dischargedOn, isOnTime, caseId, number, links } = stay;
    const due = dueOf(disease, dischargedOn, context.standing.zone);
    views.push({
      ...{ id, stayNumber, department, icd, dischargedOn, due, isOnTime, caseId, number, links },
      stage: caseStage(stay),
      isMissing: isMissing(stay),
      isOverdue: isMissing(stay) && due < now,
    });
  }
  return views;
}

/** The end of the last day, as an instant. */
function dueOf({ dueDays }: DiseaseSet, dischargedOn: string, zone: string): string {
  const last = new Date(Date.parse(dischargedOn) + dueDays * DAY_MS).toISOString().slice(0, 10);
  return new Date(instantOf(last, '23:59:59', zone)).toISOString();
}

const midnightOf = (date: string, daysLater: number, zone: string): string =>
  new Date(instantOf(new Date(Date.parse(date) + daysLater * DAY_MS).toISOString().slice(0, 10), '00:00:00', zone)).toISOString();

export const listStays = defineOperation({
  name: 'listStays',
  method: 'post',
  path: '/registry/stays',
  summary: 'Rows of a discharge list of the own hospital: eligible stays are listed once, and every row has its result',
  input: z.object({ rows: z.array(dischargeRow).min(1).max(ROWS_MAX) }),
  right: 'registry.manage',
  async run(context, { rows }): Promise<ListedView> {
    const { runtime, standing } = context;
    const organisationId = managedBy(context);
    const [diseases, register] = await Promise.all([readDiseases(runtime.db), stayRegister(runtime.keys, organisationId)]);
    const { stays, problems } = readDischargeList(rows, diseases, today({ standing }));
    const results: ListedResult[] = problems.map(({ line, problem }) => ({ line, outcome: problem }));
    for (const { line, disease, stayNumber, icd, dischargedOn, department } of stays) {
      const id = randomUUID();
      const listed = await listStay(runtime.db, {
        ...{ id, caseId: commandIdOf(FLOW, id), disease, organisationId, icd, dischargedOn },
        match: register.match(disease, stayNumber),
        body: register.seal({ stayNumber, department }),
        byPerson: standing.person.id,
      });
      const same = listed.icd === icd && listed.dischargedOn === dischargedOn;
      if (listed.isNew || same) results.push({ line, outcome: listed.isNew ? 'listed' : 'known', disease, stayId: listed.id });
      else
        results.push({
          ...{ line, outcome: 'differs', disease, stayId: listed.id },
          listed: { icd: listed.icd, dischargedOn: listed.dischargedOn },
        });
    }
    const count = (outcome: ListedResult['outcome']): number => results.filter((each) => each.outcome === outcome).length;
    return { listed: count('listed'), known: count('known'), results: results.sort((a, b) => a.line - b.line) };
  },
});

export const linkStay = defineOperation({
  name: 'linkStay',
  method: 'post',
  path: '/registry/stays/:id/links',
  summary: 'Say that a row which differs is another record of a listed stay, with the reason; the listed stay stays as it is',
  input: z.object({ id: z.uuid(), row: dischargeRow, reason: z.string().trim().min(1).max(500) }),
  right: 'registry.manage',
  async run(context, { id, row, reason }): Promise<{ readonly linked: true }> {
    const { db, keys } = context.runtime;
    const stay = await ownStay(context, id);
    const register = await stayRegister(keys, stay.organisationId);
    if (!register.match(stay.disease, row.stayNumber).equals(stay.match)) throw new ApiError(422, { code: 'stay-of-another' });
    const { stayNumber, icd, dischargedOn, department = '' } = row;
    const body = register.seal({ stayNumber, icd, dischargedOn, department, reason });
    await storeLink(db, { stayId: id, byPerson: context.standing.person.id, body });
    return { linked: true };
  },
});

export const openCase = defineOperation({
  name: 'openCase',
  method: 'post',
  path: '/registry/stays/:id/case',
  summary: 'Open the case of a listed stay; it has one, however often this is asked',
  input: z.object({ id: z.uuid() }),
  right: 'registry.manage',
  async run(context, { id }): Promise<OpenedCaseView> {
    const { db, beginnings, processes } = context.runtime;
    const stay = await ownStay(context, id);
    const [disease, process] = await Promise.all([readDisease(db, stay.disease), processes.latest(FLOW)]);
    if (!disease || !process) throw notFound();
    const result = await beginnings.fromOutside({
      process,
      instanceId: stay.caseId,
      actor: actorOf(context),
      asked: { stay: id },
      variables: {
        stay: id,
        disease: disease.code,
        // The day of the list, as instants: from its midnight to the next.
        dischargedFrom: midnightOf(stay.dischargedOn, 0, context.standing.zone),
        dischargedTo: midnightOf(stay.dischargedOn, 1, context.standing.zone),
        due: dueOf(disease, stay.dischargedOn, context.standing.zone),
      },
      organisationId: stay.organisationId,
    });
    // A colleague was faster: there is the one that was wanted.
    if (result.kind === 'refused' && result.refusal.code === 'already-started') return { instanceId: stay.caseId, isRepeated: true };
    if (result.kind !== 'accepted') throw errorOf(result);
    return { instanceId: stay.caseId, isRepeated: result.isRepeated };
  },
});

async function ownStay(context: Context, id: string) {
  const stay = await readStay(context.runtime.db, id);
  if (!stay || stay.organisationId !== managedBy(context)) throw notFound();
  return stay;
}

export const fillCase = defineOperation({
  name: 'fillCase',
  method: 'post',
  path: '/registry/cases/:id/fill',
  summary: 'Put what the discharge list says of a stay into my draft of its case; what stands in the draft already stays',
  input: z.object({ id: z.uuid() }),
  right: 'registry.manage',
  async run(context, { id }): Promise<FilledCaseView> {
    const { db, keys, definitions } = context.runtime;
    const { graph, state } = await loadInstance(context, id);
    const task = Object.values(state.tasks).find(({ elementId }) => elementId === 'enter');
    const element = task && graph.elements[task.elementId];
    const formHash = element?.elementType === 'userTask' && element.formKey ? graph.forms[element.formKey] : undefined;
    const { stay: stayId, disease } = state.elements[ROOT_KEY]?.variables ?? {};
    if (!task || !formHash || typeof stayId !== 'string' || typeof disease !== 'string') throw new ApiError(409, { code: 'task-done' });
    const on = { instanceId: id, taskId: task.taskId };
    if (await readTaskDraft(db, { personId: context.standing.person.id, ...on })) return { taskId: task.taskId };
    const stay = await ownStay(context, stayId);
    const { stayNumber } = (await stayRegister(keys, stay.organisationId)).open(stay.body);
    const option = (await definitions.form(formHash)).item
      ?.find(({ linkId }) => linkId === 'case.disease')
      ?.answerOption?.find(({ valueCoding }) => valueCoding?.code === disease)?.valueCoding;
    const item: ResponseItem[] = [
      ...(option ? [{ linkId: 'case.disease', answer: [{ valueCoding: { code: disease, display: option.display ?? disease } }] }] : []),
      { linkId: 'patient', item: [{ linkId: 'patient.stay', answer: [{ valueString: stayNumber }] }] },
    ];
    const response: QuestionnaireResponse = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item };
    await putDraft.run(context, { scope: { kind: 'task', ...on }, formHash, version: 0, unanswered: [], response });
    return { taskId: task.taskId };
  },
});
