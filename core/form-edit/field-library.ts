/**
 * What a palette offers: the field groups that the services of the network share (requirements.md, section 3), and single fields of every kind
 * (section 0). Each is inserted with `insert-group`, which gives it free link ids.
 */
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { LocalizedText } from '#core/text.ts';
import { APPLICANT } from './library/applicant.ts';
import { APPLICANT_EVALUATION } from './library/applicant-evaluation.ts';
import { ARRANGEMENT } from './library/arrangement.ts';
import { ATTACHMENTS } from './library/attachments.ts';
import { CLINICAL } from './library/clinical.ts';
import { CONSENT } from './library/consent.ts';
import { EXECUTOR_EVALUATION } from './library/executor-evaluation.ts';
import * as kinds from './library/field-kinds.ts';
import { OPINION } from './library/opinion.ts';
import { PATIENT } from './library/patient.ts';
import { PREPARATION } from './library/preparation.ts';
import { QUALITY_CONTROL } from './library/quality-control.ts';
import { translationsOf } from './translations-of.ts';

export interface LibraryEntry {
  /** `G-APP` of a group, the kind of a single field. */
  readonly key: string;
  readonly name: LocalizedText;
  readonly item: QuestionnaireItem;
}

const entry = (key: string, item: QuestionnaireItem): LibraryEntry => {
  const { en } = translationsOf(item._text);
  return { key, item, name: { 'zh-CN': item.text ?? '', ...(en ? { en } : {}) } };
};

export const FIELD_GROUPS: readonly LibraryEntry[] = [
  entry('G-APP', APPLICANT),
  entry('G-PAT', PATIENT),
  entry('G-CLIN', CLINICAL),
  entry('G-ATT', ATTACHMENTS),
  entry('G-CON', CONSENT),
  entry('G-ARR', ARRANGEMENT),
  entry('G-PREP', PREPARATION),
  entry('G-OPN', OPINION),
  entry('G-EXV', EXECUTOR_EVALUATION),
  entry('G-APV', APPLICANT_EVALUATION),
  entry('G-QC', QUALITY_CONTROL),
];

const TWO_OPTIONS = { system: 'options', options: { a: '选项一 | Option one', b: '选项二 | Option two' } };

/** Every type of item, and every kind of field that requirements name. */
export const SINGLE_FIELDS: readonly LibraryEntry[] = [
  entry('group', kinds.group('group', '分组 | Group', [])),
  entry('table', kinds.table('table', '表格 | Table', [kinds.text('column', '第一列 | First column')])),
  entry('display', kinds.field('note', 'display', '说明文字 | Note')),
  entry('text', kinds.text('text', '单行文本 | Text')),
  entry('long', kinds.long('long', '多行文本 | Long text')),
  entry('integer', kinds.integer('integer', '整数 | Whole number')),
  entry('decimal', kinds.decimal('decimal', '小数 | Decimal number')),
  entry(
    'quantity',
    kinds.field('quantity', 'quantity', '带单位的数值 | Amount with unit', {
      unitOptions: [
        { code: 'kg', display: 'kg' },
        { code: 'g', display: 'g' },
      ],
    }),
  ),
  entry('boolean', kinds.truth('boolean', '是/否 | Yes or no')),
  entry('date', kinds.date('date', '日期 | Date')),
  entry('dateTime', kinds.dateTime('dateTime', '日期和时间 | Date and time')),
  entry('time', kinds.field('time', 'time', '时间 | Time of day')),
  entry('choice', kinds.choice('choice', '单选 | One choice', TWO_OPTIONS)),
  entry('choices', kinds.choice('choices', '多选 | Several choices', TWO_OPTIONS, { repeats: true })),
  entry('open-choice', { ...kinds.choice('open-choice', '单选或自填 | Choice or own words', TWO_OPTIONS), type: 'open-choice' }),
  entry('score', kinds.score('score', '评分（1–5） | Score (1–5)')),
  entry('recommendation', kinds.recommendation('recommendation', '推荐意愿（0–10） | Would recommend (0–10)')),
  entry('money', kinds.money('money', '金额 | Amount of money')),
  entry('phone', kinds.phone('phone', '电话 | Phone')),
  entry('identity-number', kinds.identityNumber('identity-number', '身份证号 | Identity number')),
  entry('address', kinds.address('address', '地址 | Address')),
  entry('code', kinds.code('code', '编码 | Code')),
  entry('url', kinds.field('url', 'url', '网址 | Web address')),
  entry('person', kinds.reference('person', '人员 | Person', 'person')),
  entry('organisation', kinds.reference('organisation', '机构 | Organisation', 'organisation')),
  entry('department', kinds.reference('department', '科室 | Department', 'department')),
  entry('team', kinds.reference('team', '团队 | Team', 'team')),
  entry('room', kinds.reference('room', '会议间 | Room', 'room')),
  entry('files', kinds.files('files', '文件 | Files')),
  entry('videos', kinds.videos('videos', '视频 | Videos')),
  entry('studies', kinds.studies('studies', '影像检查 | Image studies')),
  entry('signature', kinds.signature('signature', '签名 | Signature')),
  entry('place', kinds.place('place', '地理位置 | Place')),
];
