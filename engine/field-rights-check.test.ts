import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { accessRule } from '#test/support/access-rule.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { checkSet } from './flow-set.ts';

const OURS = 'https://bihuan.dev/fhir/StructureDefinition/';
const fact = { url: `${OURS}fact`, valueString: 'kind' };

interface Around {
  readonly task?: string;
  /** Of the form `onward`. */
  readonly onward?: Questionnaire['item'];
}

async function found(
  item: Questionnaire['item'],
  descriptor: object = {},
  { task = userTask('look'), onward }: Around = {},
): Promise<readonly string[]> {
  const checked = await checkSet({
    descriptor: {
      key: 'small',
      name: { 'zh-CN': '小' },
      description: { 'zh-CN': '小' },
      icon: 'consult',
      numberPrefix: 'XX',
      processId: 'p',
      startForm: 'f',
      titleFacts: [],
      ...descriptor,
    },
    bpmn: { file: 'small.bpmn', xml: smallXml(startEvent + task + endEvent(), 'start > look > end') },
    dmn: [],
    forms: [formFile('f', item), ...(onward ? [formFile('onward', onward)] : [])],
  });
  return checked.findings.map(({ file, severity, rule, elementId }) => `${file} ${severity} ${rule} ${elementId}`);
}

const formFile = (key: string, item: Questionnaire['item']) => ({
  file: `forms/${key}.json`,
  key,
  json: {
    resourceType: 'Questionnaire',
    status: 'active',
    title: '表',
    item,
    extension: [
      {
        url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext',
        extension: [
          { url: 'name', valueCoding: { code: 'patient' } },
          { url: 'type', valueCode: 'Patient' },
        ],
      },
    ],
  },
});

describe('rights on the fields of a set', () => {
  it.each(['look', 'start'])('may name a step of its flow: %s', async (element) => {
    expect(await found([{ linkId: 'q', type: 'string', text: '问', extension: [accessRule('hidden', { elements: [element] })] }])).toEqual(
      [],
    );
  });

  it('that name another are warned of', async () => {
    const rule = accessRule('hidden', { elements: ['gone', 'end'] });
    const item = { linkId: 'q', type: 'string', text: '问', extension: [rule] } as const;
    expect(await found([item])).toEqual(['forms/f.json warning form-access-step q', 'forms/f.json warning form-access-step q']);
  });

  it('take what stands in titles and names the patient out of lists, which is warned of', async () => {
    const hidden = accessRule('hidden', { roles: ['executor'] });
    const items = [
      {
        linkId: 'kind',
        type: 'choice',
        text: '类',
        answerOption: [{ valueCoding: { code: 'a', display: '甲' } }],
        extension: [hidden, fact],
      },
      { linkId: 'name', type: 'string', text: '姓名', extension: [hidden] },
      { linkId: 'other', type: 'string', text: '其他', extension: [hidden] },
    ] as const;
    expect(await found(items, { titleFacts: ['kind'], patient: { name: 'name', idNumber: 'other' } })).toEqual([
      'forms/f.json warning form-access-list kind',
      'forms/f.json warning form-access-list name',
    ]);
    // Where the flow says so itself, nobody is surprised.
    expect(await found([items[1]], { patient: { name: 'name', isListed: false } })).toEqual([]);
  });

  describe('go on into other forms', () => {
    const hidden = accessRule('hidden', { roles: ['executor'] });
    const start = [
      { linkId: 'kind', type: 'string', text: '类', extension: [hidden, fact] },
      { linkId: 'name', type: 'string', text: '姓名' },
      { linkId: 'number', type: 'string', text: '号码', extension: [hidden] },
    ] as const;
    const patient = { name: 'name', idNumber: 'number' };
    const renamed = '<zeebe:ioMapping><zeebe:input source="=kind" target="other" /></zeebe:ioMapping>';
    const prefilled = (prefill: object) =>
      userTask('look', { prefill: JSON.stringify(prefill) })
        .replace('<bpmn:extensionElements>', '<bpmn:extensionElements><zeebe:formDefinition formKey="onward" />')
        .replace('<zeebe:properties>', `${renamed}<zeebe:properties>`);
    const begins = (expression: string) => ({
      url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression',
      valueExpression: { language: 'text/fhirpath', expression },
    });
    const leaks = async (prefill: object, ...extension: readonly object[]) =>
      (
        await found(
          start,
          { patient },
          { task: prefilled(prefill), onward: [{ linkId: 'q', type: 'string', text: '问', extension } as never] },
        )
      ).filter((finding) => finding.includes('form-access-prefill'));

    it.each([
      ['a fact', { q: '=kind' }, []],
      ['a part of an expression', { q: '="类：" + kind' }, []],
      ['another name', { q: '=other' }, []],
      ['the patient', {}, [begins('%patient.identifier.value')]],
      ['the whole patient', {}, [begins('%patient.descendants().first()')]],
    ])('not as %s into what nobody is kept from', async (_name, prefill, extension) => {
      expect(await leaks(prefill, ...extension)).toEqual(['small.bpmn error form-access-prefill look']);
    });

    it('where the other form keeps it as well', async () => {
      expect(await leaks({ q: '=kind' }, hidden)).toEqual([]);
    });

    it('unless nobody was kept from it', async () => {
      expect(await leaks({ q: '=starter.person' }, begins('%patient.name.text'))).toEqual([]);
    });
  });
});
