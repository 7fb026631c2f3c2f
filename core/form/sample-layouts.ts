/** One form with every layout and every remark, as an assessment of a fall would have them. */

import { EXTENSION } from './extensions.ts';
import { inEnglish } from './localize.ts';
import type { AnswerOption, Extension, QuestionnaireItem } from './questionnaire.ts';
import { control, form, item, when } from './sample-form.ts';

const option = (code: string, text: string, prefix?: string): AnswerOption => {
  const [display = '', translation = ''] = text.split(' | ');
  return {
    valueCoding: { code, display, _display: inEnglish(translation) },
    ...(prefix ? { extension: [{ url: EXTENSION.optionPrefix, valueString: prefix }] } : {}),
  };
};

const OFTEN = [
  option('0', '从不 | Never'),
  option('1', '几天 | Several days'),
  option('2', '一半以上 | More than half'),
  option('3', '几乎每天 | Nearly every day'),
];
const often = (linkId: string, text: string) => item(linkId, 'choice', { text, required: true, answerOption: OFTEN });
const display = (linkId: string, text: string, ...extension: readonly Extension[]) => item(linkId, 'display', { text, extension });
const category = (code: string): Extension => ({ url: EXTENSION.displayCategory, valueCodeableConcept: { coding: [{ code }] } });
const limits = (min: number, max: number): readonly Extension[] => [
  { url: EXTENSION.minValue, valueInteger: min },
  { url: EXTENSION.maxValue, valueInteger: max },
];
const force = (side: string) => [
  item(`${side}-force`, 'integer', { text: '肌力（级） | Force (grade)', required: true, extension: [...limits(0, 5)] }),
  item(`${side}-pain`, 'boolean', { text: '疼痛 | Pain' }),
  item(`${side}-note`, 'string', { text: '备注 | Note' }),
];

/** A blue square: enough of a picture to be seen. */
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="90"><rect width="240" height="90" fill="#dbeaf5"/><path d="M20 70h200M60 70V30h40v40" stroke="#235" stroke-width="4" fill="none"/></svg>';

const XHTML =
  '<p>请<b>如实</b>填写；<a href="https://example.org/falls">评估指南</a>说明了各项的含义。</p><ul><li>三个月内的情况</li><li>不确定时可问家属</li></ul><script>window.hacked = true</script><img src="x" onerror="window.hacked = true" alt="">';
const XHTML_EN =
  '<p>Please answer <b>truthfully</b>; the <a href="https://example.org/falls">guide</a> says what is meant.</p><ul><li>The last three months</li><li>Ask the family when in doubt</li></ul><script>window.hacked = true</script>';

const rich = (
  text: string,
  translation: string,
  url: string,
  source: string,
  translated: string,
  key: 'valueString' | 'valueMarkdown',
) => ({
  text,
  _text: {
    extension: [...(inEnglish(translation).extension ?? []), { url, [key]: source, [`_${key}`]: inEnglish(translated) } as Extension],
  },
});

const basics = item('basics', 'group', { text: '基本情况 | Basics', extension: [control('page')] }, [
  {
    linkId: 'intro',
    type: 'display',
    extension: [category('instructions')],
    ...rich('请如实填写。', 'Please answer truthfully.', EXTENSION.renderingXhtml, XHTML, XHTML_EN, 'valueString'),
  },
  display('privacy', '所填内容仅供本次诊疗使用。 | What you write serves this treatment only.', category('security')),
  item('falls', 'integer', { text: '近三个月跌倒次数 | Falls in three months', required: true, extension: [...limits(0, 99)] }, [
    display('falls-unit', '次 | times', control('unit')),
    display('falls-help', '包括未受伤的跌倒。 | Falls without an injury count as well.', control('help')),
    display('falls-flyover', '不含被他人撞倒。 | Not when somebody pushed.', control('flyover')),
  ]),
  item('since', 'date', {
    text: '首次跌倒时间 | First fall',
    extension: [{ url: EXTENSION.entryFormat, valueString: 'YYYY[-MM[-DD]]' }],
  }),
  item('aid', 'choice', {
    text: '助行器具 | Walking aid',
    answerOption: [option('none', '无 | None', 'A.'), option('stick', '手杖 | Stick', 'B.'), option('frame', '助行架 | Frame', 'C.')],
    extension: [{ url: EXTENSION.supportLink, valueUri: 'https://example.org/aids' }],
  }),
  item('aid-since', 'string', {
    text: '使用时间 | Used since',
    enableWhen: [when('aid', '=', { answerCoding: { code: 'stick' } })],
    extension: [{ url: EXTENSION.disabledDisplay, valueCode: 'protected' }],
  }),
  item(
    'fear',
    'integer',
    {
      text: '对跌倒的担心 | Fear of falling',
      extension: [...limits(0, 10), control('slider')],
    },
    [display('fear-low', '完全不担心 | Not at all', control('lower')), display('fear-high', '极其担心 | Extremely', control('upper'))],
  ),
  item('pain-now', 'integer', { text: '疼痛程度 | Pain', extension: [...limits(0, 100), control('slider')] }, [
    display('pain-low', '不痛 | None', control('lower')),
    display('pain-high', '剧痛 | Worst', control('upper')),
  ]),
]);

const mood = item('mood', 'group', { text: '情绪 | Mood', extension: [control('page')] }, [
  item('mood-table', 'group', { text: '过去两周，以下情况有多频繁？ | Over two weeks, how often?', extension: [control('table')] }, [
    display('mood-hint', '每行选一项。 | One in each line.', category('help')),
    often('interest', '做事时提不起劲 | Little interest in doing things'),
    often('down', '感到心情低落 | Feeling down'),
    often('sleep', '入睡困难、睡不安稳或睡眠过多 | Trouble falling asleep, staying asleep, or sleeping too much'),
  ]),
  item('when-table', 'group', { text: '什么时候最难受？ | When is it worst?', extension: [control('htable')] }, [
    item('weekday', 'choice', { text: '工作日 | Weekdays', answerOption: OFTEN.slice(0, 3) }),
    item('weekend', 'choice', { text: '周末 | Weekend', repeats: true, answerOption: OFTEN.slice(0, 3) }),
  ]),
]);

const body = item('body', 'group', { text: '体格检查 | Examination', extension: [control('page')] }, [
  item('limbs', 'group', { text: '检查部位 | Parts of the body', extension: [control('tab-container')] }, [
    item('legs', 'group', { text: '下肢 | Legs' }, [
      item('legs-grid', 'group', { text: '两侧对比 | Both sides', extension: [control('grid')] }, [
        item('left', 'group', { text: '左侧 | Left' }, force('left')),
        item('right', 'group', { text: '右侧 | Right' }, force('right')),
      ]),
    ]),
    item('eyes', 'group', { text: '视力 | Eyes' }, [
      item('glasses', 'boolean', { text: '是否戴眼镜 | Wears glasses', required: true }),
      item('chart', 'string', {
        text: '能看清的最小一行 | Smallest line that is read',
        extension: [
          {
            url: EXTENSION.itemMedia,
            valueAttachment: { title: '视力表', url: `data:image/svg+xml,${encodeURIComponent(PICTURE)}` },
          },
        ],
      }),
    ]),
    item('ears', 'group', { text: '听力 | Ears' }, [item('hearing', 'text', { text: '听力情况 | Hearing' })]),
  ]),
  item('fall-log', 'group', { text: '跌倒记录 | Falls', repeats: true, extension: [control('gtable')] }, [
    item('fall-on', 'date', { text: '日期 | Date' }),
    item('fall-where', 'string', { text: '地点 | Place' }),
  ]),
]);

const LEGAL = '本评估不能代替**急诊**检查。\n\n[隐私政策](https://example.org/privacy)';
const LEGAL_EN = 'This does not replace an **emergency** examination.\n\n[Privacy](https://example.org/privacy)';

/** Header and footer stand on each of the three pages. */
export const LAYOUTS_FORM = {
  ...form(
    display('header', '跌倒风险评估 · 请由接诊护士填写 | Fall assessment · to be filled in by the nurse', control('header')),
    basics,
    mood,
    body,
    {
      linkId: 'footer',
      type: 'display',
      extension: [control('footer'), category('legal')],
      ...rich(
        '本评估不能代替急诊检查。',
        'This does not replace an emergency.',
        EXTENSION.renderingMarkdown,
        LEGAL,
        LEGAL_EN,
        'valueMarkdown',
      ),
    } satisfies QuestionnaireItem,
  ),
  title: '跌倒风险评估',
  _title: inEnglish('Fall assessment'),
};
