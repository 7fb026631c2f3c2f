import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { accessRule } from '#test/support/access-rule.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { checkSet } from './flow-set.ts';

const OURS = 'https://bihuan.dev/fhir/StructureDefinition/';
const fact = { url: `${OURS}fact`, valueString: 'kind' };

async function found(item: Questionnaire['item'], descriptor: object = {}): Promise<readonly string[]> {
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
    bpmn: { file: 'small.bpmn', xml: smallXml(startEvent + userTask('look') + endEvent(), 'start > look > end') },
    dmn: [],
    forms: [{ file: 'forms/f.json', key: 'f', json: { resourceType: 'Questionnaire', status: 'active', title: '表', item } }],
  });
  return checked.findings.map(({ file, severity, rule, elementId }) => `${file} ${severity} ${rule} ${elementId}`);
}

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

  it('do not reach into lists: what stands in titles and names the patient is warned of', async () => {
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
  });
});
