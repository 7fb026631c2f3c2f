import { z } from 'zod';

import type { ProcessGraph, StartEvent } from '#core/bpmn/graph.ts';
import { blankResponse } from '#core/form/blank.ts';
import { extractFacts } from '#core/form/facts.ts';
import { parseResponse, problemText } from '#core/form/parse.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { referenceTo } from '#core/form/references.ts';
import { currentDeployment, currentDeployments, type Deployment } from '#db/deployments.ts';
import { listDrafts } from '#db/drafts.ts';
import { type ServiceDescriptor, serviceDescriptor } from '#engine/descriptor.ts';
import { notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { firstDeciders } from '../read/deciders.ts';
import { type Filling, fillingOf, opened } from '../read/filling.ts';
import { populated } from '../read/launch.ts';
import { applies, mayStartDeployed } from '../read/may-start.ts';
import { holderAt } from '../read/viewer.ts';
import type { DeciderView, ServiceFormView, ServiceView } from '../views.ts';
import { draftSummary } from './drafts.ts';

export const services = defineOperation({
  name: 'services',
  method: 'get',
  path: '/services',
  summary: 'Services that I may apply for',
  input: z.object({}),
  right: 'instance.start',
  async run(context): Promise<readonly ServiceView[]> {
    const deployed = await Promise.all(
      (await currentDeployments(context.runtime.db)).map(async (deployment) =>
        (await mayStartDeployed(context, deployment)) ? [serviceDescriptor.parse(deployment.descriptor)] : [],
      ),
    );
    return deployed
      .flat()
      .sort((a, b) => a.order - b.order)
      .map(viewOf);
  },
});

export const serviceForm = defineOperation({
  name: 'serviceForm',
  method: 'get',
  path: '/services/:key',
  summary: 'The form of a service, filled in as far as known, and who decides next',
  input: z.object({ key: z.string().max(100) }),
  right: 'instance.start',
  async run(context, { key }): Promise<ServiceFormView> {
    const { deployment, descriptor, startForm } = await deployedService(context, key);
    if (!(await mayStartDeployed(context, deployment))) throw notFound();
    const { db, definitions } = context.runtime;
    const graph = await definitions.graph(deployment.graphHash);
    const [{ hash, ...filling }, drafts] = await Promise.all([
      startFilling(context, { graph, descriptor, startForm }),
      listDrafts(db, { personId: context.standing.person.id, serviceKey: key }),
    ]);
    const { questionnaire, response } = await opened(context, filling, null);
    return {
      ...viewOf(descriptor),
      form: { key: startForm, hash, questionnaire },
      prefill: response,
      nextDeciders: await firstDeciders(context, { graph, processId: descriptor.processId, facts: extractFacts(questionnaire, response) }),
      drafts: drafts.map(draftSummary),
    };
  },
});

export const nextDeciders = defineOperation({
  name: 'nextDeciders',
  method: 'post',
  path: '/services/:key/deciders',
  summary: 'Who decides next if the application is sent as it is answered so far',
  input: z.object({ key: z.string().max(100), response: z.unknown() }),
  right: 'instance.start',
  async run(context, { key, response }): Promise<readonly DeciderView[]> {
    const { deployment, descriptor, startForm } = await deployedService(context, key);
    if (!(await mayStartDeployed(context, deployment))) throw notFound();
    const parsed = parseResponse(response);
    if (!parsed.ok) throw refused({ code: 'response-malformed', data: { problems: problemText(parsed.problems) } });
    const graph = await context.runtime.definitions.graph(deployment.graphHash);
    const { questionnaire } = await startFilling(context, { graph, descriptor, startForm });
    return firstDeciders(context, { graph, processId: descriptor.processId, facts: extractFacts(questionnaire, parsed.value) });
  },
});

/** An application, as this person fills it in. */
export async function startFilling(
  context: Context,
  { graph, descriptor, startForm }: { readonly graph: ProcessGraph; readonly descriptor: ServiceDescriptor; readonly startForm: string },
): Promise<Filling & { readonly hash: string; readonly elementId: string }> {
  const hash = graph.forms[startForm];
  if (!hash) throw new Error(`The service ${descriptor.key} names the form ${startForm}, which its graph does not pin.`);
  const questionnaire = await context.runtime.definitions.form(hash);
  const elementId = startElementOf(graph, descriptor.processId).id;
  const known = () => {
    const response = blankResponse(questionnaire, { values: knownAnswers(context) });
    return populated(context, { questionnaire, response }, { descriptor, application: null });
  };
  const viewer = holderAt(context, { organisationId: context.standing.person.organisation.id }, elementId);
  return { ...fillingOf(questionnaire, viewer, known), hash, elementId };
}

function startElementOf({ processes, elements }: ProcessGraph, processId: string): StartEvent {
  for (const id of processes[processId]?.elementIds ?? []) {
    const element = elements[id];
    if (element?.elementType === 'startEvent' && element.event.kind === 'none') return element;
  }
  throw new Error('The process has no none start event.');
}

/** What a person may apply for: there is nothing under the key of a flow that no person starts. */
export async function deployedService(
  context: Context,
  key: string,
): Promise<{ deployment: Deployment; descriptor: ServiceDescriptor; startForm: string }> {
  const deployment = await currentDeployment(context.runtime.db, key);
  const descriptor = deployment && serviceDescriptor.parse(deployment.descriptor);
  if (!deployment || descriptor?.startForm === undefined) throw notFound();
  const start = startElementOf(await context.runtime.definitions.graph(deployment.graphHash), descriptor.processId);
  // Of a start that names who may, the door says the refusal.
  if (start.starters === undefined && !applies(context)) throw notFound();
  return { deployment, descriptor, startForm: descriptor.startForm };
}

/** G-APP of requirements.md 3: who applies and for which hospital is known before the form opens. */
function knownAnswers(context: Context): Readonly<Record<string, AnswerValue>> {
  const { person, department, phone } = context.standing;
  return {
    'applicant.phone': { valueString: phone },
    ...(department && {
      'applicant.department': { valueReference: { reference: referenceTo('department', department.id), display: department.name } },
    }),
    'applicant.person': { valueReference: { reference: referenceTo('person', person.id), display: person.name } },
    'applicant.organisation': {
      valueReference: { reference: referenceTo('organisation', person.organisation.id), display: person.organisation.name },
    },
    'applicant.applyTime': { valueDateTime: new Date().toISOString() },
  };
}

const viewOf = ({ key, name, description, icon }: ServiceDescriptor): ServiceView => ({ key, name, description, icon });
