import { z } from 'zod';
import { blankResponse } from '#core/form/blank.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { referenceTo } from '#core/form/references.ts';
import { currentDeployment, currentDeployments, type Deployment } from '#db/deployments.ts';
import { listDrafts } from '#db/drafts.ts';
import { readPlatform } from '#db/people.ts';
import { type ServiceDescriptor, serviceDescriptor } from '#engine/descriptor.ts';
import { notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { firstDeciders } from '../read/deciders.ts';
import { populated } from '../read/launch.ts';
import type { ServiceFormView, ServiceView } from '../views.ts';
import { draftSummary } from './drafts.ts';

export const services = defineOperation({
  name: 'services',
  method: 'get',
  path: '/services',
  summary: 'Services that I may apply for',
  input: z.object({}),
  right: 'instance.start',
  async run(context): Promise<readonly ServiceView[]> {
    const deployed = (await currentDeployments(context.runtime.db)).map((deployment) => serviceDescriptor.parse(deployment.descriptor));
    return deployed
      .filter(({ startForm }) => startForm !== undefined)
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
    const { db, definitions } = context.runtime;
    const graph = await definitions.graph(deployment.graphHash);
    const formHash = graph.forms[startForm];
    if (!formHash) throw new Error(`The service ${key} names the form ${startForm}, which its graph does not pin.`);
    const [questionnaire, platform, drafts] = await Promise.all([
      definitions.form(formHash),
      readPlatform(db),
      listDrafts(db, { personId: context.standing.person.id, serviceKey: key }),
    ]);
    return {
      ...viewOf(descriptor),
      form: { key: startForm, hash: formHash, questionnaire },
      prefill: await populated(
        context,
        { questionnaire, response: blankResponse(questionnaire, { values: knownAnswers(context) }) },
        { descriptor, application: null },
      ),
      nextDeciders: await firstDeciders(context, graph, descriptor.processId, platform ?? ''),
      drafts: drafts.map(draftSummary),
    };
  },
});

/** What a person may apply for: there is nothing under the key of a flow that no person starts. */
export async function deployedService(
  context: Context,
  key: string,
): Promise<{ deployment: Deployment; descriptor: ServiceDescriptor; startForm: string }> {
  const deployment = await currentDeployment(context.runtime.db, key);
  const descriptor = deployment && serviceDescriptor.parse(deployment.descriptor);
  if (!deployment || descriptor?.startForm === undefined) throw notFound();
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
