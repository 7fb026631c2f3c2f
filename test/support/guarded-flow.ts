/** A flow whose one form keeps fields from some people, and an instance of it with secrets in them. */
import { randomUUID } from 'node:crypto';
import { deploy } from '#engine/deploy.ts';
import { accessRule } from './access-rule.ts';
import { endEvent, smallXml, startEvent, userTask } from './bpmn.ts';
import type { World } from './world.ts';

export const GUARDED = {
  applicant: 'p-wu-tong',
  /** An executor, to whom most of it is closed. */
  executor: 'p-ren-jie',
  manager: 'p-he-jing',
  /** Whatever of these comes to the executor is a leak. */
  secrets: ['金丝雀的秘密', 'canary-verdict', '金丝雀结论', '13912345678', '金丝雀.pdf'],
  /** Somebody who may read it all says it all. */
  said: '他说：金丝雀的秘密；电话 139-1234-5678；金丝雀结论（canary-verdict），见金丝雀.pdf',
  secret: '金丝雀的秘密',
  phone: '13912345678',
} as const;

const OURS = 'https://bihuan.dev/fhir/StructureDefinition/';
const forExecutors = { roles: ['executor'] } as const;

export const GUARDED_FORM = {
  resourceType: 'Questionnaire',
  status: 'active',
  title: '受限表单',
  item: [
    { linkId: 'name', type: 'string', text: '姓名', required: true },
    { linkId: 'phone', type: 'string', text: '电话', required: true, extension: [accessRule('masked', forExecutors)] },
    { linkId: 'secret', type: 'string', text: '隐情', required: true, extension: [accessRule('hidden', forExecutors)] },
    {
      linkId: 'verdict',
      type: 'choice',
      text: '结论',
      code: [{ system: 'http://loinc.org', code: '29463-7' }],
      answerOption: [{ valueCoding: { code: 'canary-verdict', display: '金丝雀结论' } }],
      extension: [
        { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract', valueBoolean: true },
        accessRule('hidden', { exceptRoles: ['applicant', 'manager'] }),
        { url: `${OURS}fact`, valueString: 'verdict' },
      ],
    },
    {
      linkId: 'closed',
      type: 'group',
      text: '内部资料',
      extension: [accessRule('hidden', forExecutors)],
      item: [{ linkId: 'file', type: 'attachment', text: '文件' }],
    },
    { linkId: 'photo', type: 'attachment', text: '照片', repeats: true },
    { linkId: 'note', type: 'string', text: '备注', extension: [accessRule('read-only', { elements: ['look'] })] },
    { linkId: 'remark', type: 'string', text: '意见', extension: [accessRule('required', { elements: ['look'] })] },
    {
      linkId: 'because',
      type: 'string',
      text: '因隐情而问',
      enableWhen: [{ question: 'secret', operator: 'exists', answerBoolean: true }],
    },
    { linkId: 'never', type: 'string', text: '无隐情才问', enableWhen: [{ question: 'secret', operator: 'exists', answerBoolean: false }] },
  ],
};

/** Kept from others than those from whom the answers are kept that it begins with. */
const ONWARD_FORM = {
  resourceType: 'Questionnaire',
  status: 'active',
  title: '后续表单',
  item: [
    ...['copied', 'renamed'].map((linkId) => ({
      linkId,
      type: 'string',
      text: '抄录',
      extension: [accessRule('hidden', { roles: ['room-admin'] })],
    })),
    {
      linkId: 'identifier',
      type: 'string',
      text: '号码',
      extension: [
        accessRule('hidden', { roles: ['room-admin'] }),
        {
          url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression',
          valueExpression: { language: 'text/fhirpath', expression: '%patient.identifier.value' },
        },
      ],
    },
    { linkId: 'name', type: 'string', text: '姓名' },
  ],
  extension: [
    {
      url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext',
      extension: [
        { url: 'name', valueCoding: { code: 'patient' } },
        { url: 'type', valueCode: 'Patient' },
      ],
    },
  ],
};

const task = (id: string, personId: string, { form = 'guarded', ...more }: Readonly<Record<string, string>> = {}): string =>
  userTask(id, more)
    .replace('p-wu-tong', personId)
    .replace('<bpmn:extensionElements>', `<bpmn:extensionElements><zeebe:formDefinition formKey="${form}" />`);

const ONWARD = JSON.stringify({ copied: '=verdict', renamed: '=other' });
/** The fact under another name. */
const renaming = '<zeebe:ioMapping><zeebe:input source="=verdict" target="other" /></zeebe:ioMapping>';
const onward = (personId: string): string =>
  task('onward', personId, { form: 'onward', prefill: ONWARD }).replace('<zeebe:properties>', `${renaming}<zeebe:properties>`);

export async function deployGuarded(world: World): Promise<void> {
  const deployed = await deploy(world.db, {
    descriptor: {
      key: 'guarded',
      name: { 'zh-CN': '受限' },
      description: { 'zh-CN': '受限' },
      icon: 'consult',
      numberPrefix: 'SX',
      processId: 'p',
      startForm: 'guarded',
      titleFacts: ['verdict'],
      patient: { name: 'name', idNumber: 'phone' },
    },
    bpmn: {
      file: 'guarded.bpmn',
      xml: smallXml(
        startEvent + task('look', GUARDED.executor) + task('decide', GUARDED.manager) + onward(GUARDED.executor) + endEvent(),
        'start > look > decide > onward > end',
      ),
    },
    dmn: [],
    forms: [
      { file: 'forms/guarded.json', key: 'guarded', json: GUARDED_FORM },
      { file: 'forms/onward.json', key: 'onward', json: ONWARD_FORM },
    ],
  });
  if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
}

export const text = (linkId: string, valueString: string) => ({ linkId, answer: [{ valueString }] });
export const answers = (...item: readonly object[]) => ({ resourceType: 'QuestionnaireResponse', status: 'completed', item });

/** Waits at `look`. The file is the applicant's. */
export async function aGuarded(world: World, fileId: string) {
  const { form } = await world.call(GUARDED.applicant, 'serviceForm', { key: 'guarded' });
  const file = { valueAttachment: { url: `file:${fileId}`, title: '金丝雀.pdf' } };
  const { instanceId } = await world.call(GUARDED.applicant, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'guarded',
    formHash: form.hash,
    response: answers(
      text('name', '王小明'),
      text('phone', GUARDED.phone),
      text('secret', GUARDED.secret),
      { linkId: 'verdict', answer: [{ valueCoding: { code: 'canary-verdict' } }] },
      { linkId: 'closed', item: [{ linkId: 'file', answer: [file] }] },
      text('note', '原来的备注'),
      text('because', '有缘由'),
    ),
  });
  const taskAt = async (elementId: string): Promise<string> => {
    const { tasks } = await world.state(instanceId);
    const found = Object.values(tasks).find((each) => each.elementId === elementId);
    if (!found) throw new Error(`No task is open on ${elementId}.`);
    return found.taskId;
  };
  return { id: instanceId, formHash: form.hash, taskAt };
}
