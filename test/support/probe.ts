/** Deploys small services beside the consult and starts instances of them through the real operations. */
import { randomUUID } from 'node:crypto';
import { deploy } from '#engine/deploy.ts';
import { smallXml } from './bpmn.ts';
import type { World } from './world.ts';

const FORM = {
  resourceType: 'Questionnaire',
  id: 'probe',
  url: 'https://bihuan.dev/fhir/Questionnaire/probe',
  version: '1',
  name: 'Probe',
  title: '试验',
  status: 'active',
  item: [{ linkId: 'note', type: 'string', text: '备注', maxLength: 200 }],
};

/** What starts a probe. */
export const PROBE_RESPONSE = {
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: [{ linkId: 'note', answer: [{ valueString: '试验' }] }],
};

/** Elements and flows as `smallGraph` takes them; the start event is `start`. */
export const deployProbe = (world: World, key: string, elements: string, ...flows: readonly string[]): Promise<void> =>
  deployDiagram(world, key, smallXml(elements, ...flows));

export interface DiagramOptions {
  readonly processId?: string;
  readonly isService?: boolean;
  readonly retention?: string;
}

/** A whole diagram, perhaps of several processes; `processId` is the one that a person starts, where it is a service. */
export async function deployDiagram(
  world: Pick<World, 'db'>,
  key: string,
  xml: string,
  { processId = 'p', isService = true, retention }: DiagramOptions = {},
): Promise<void> {
  const deployed = await deploy(world.db, {
    descriptor: {
      key,
      name: { 'zh-CN': '试验' },
      description: { 'zh-CN': '试验' },
      icon: 'consult',
      numberPrefix: 'SY',
      processId,
      ...(isService && { startForm: 'probe' }),
      titleFacts: [],
      ...(retention !== undefined && { retention }),
    },
    bpmn: { file: `${key}.bpmn`, xml },
    dmn: [],
    forms: [{ file: 'forms/probe.json', key: 'probe', json: FORM }],
  });
  if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
}

export async function startProbe(world: World, key: string, personId = 'p-wu-tong'): Promise<string> {
  const { form } = await world.call(personId, 'serviceForm', { key });
  const { instanceId } = await world.call(personId, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: key,
    formHash: form.hash,
    response: PROBE_RESPONSE,
  });
  return instanceId;
}
