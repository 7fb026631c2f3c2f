/** Short ways to write forms in tests, and one form with every type of item. */

import { EXTENSION } from './extensions.ts';
import { inEnglish } from './localize.ts';
import type { AnswerValue, EnableWhen, Extension, ItemType, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';

export const control = (code: string): Extension => ({
  url: EXTENSION.itemControl,
  valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code }] },
});

export const fact = (name: string): Extension => ({ url: EXTENSION.fact, valueString: name });

type Settings = Omit<Partial<QuestionnaireItem>, 'linkId' | 'type' | 'item'>;

/** `item('age', 'integer', { required: true })`; a text `中文 | English` gets its translation. */
export function item(linkId: string, type: ItemType, settings: Settings = {}, children?: readonly QuestionnaireItem[]): QuestionnaireItem {
  const [text, translation] = (settings.text ?? linkId).split(' | ');
  return {
    linkId,
    type,
    ...settings,
    text,
    ...(translation ? { _text: inEnglish(translation) } : {}),
    ...(children ? { item: children } : {}),
  };
}

export const when = (
  question: string,
  operator: EnableWhen['operator'],
  answer: Omit<EnableWhen, 'question' | 'operator'>,
): EnableWhen => ({
  question,
  operator,
  ...answer,
});

export const form = (...items: readonly QuestionnaireItem[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  url: 'https://bihuan.dev/fhir/Questionnaire/sample',
  version: '1',
  status: 'active',
  item: items,
});

/** `answers(a('age', { valueInteger: 3 }))` */
export const answers = (...items: readonly ResponseItem[]): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  status: 'in-progress',
  item: items,
});

export const a = (linkId: string, ...values: readonly AnswerValue[]): ResponseItem => ({ linkId, answer: values });
export const g = (linkId: string, ...items: readonly ResponseItem[]): ResponseItem => ({ linkId, item: items });

const option = (code: string, text: string): { valueCoding: NonNullable<AnswerValue['valueCoding']> } => {
  const [display, translation] = text.split(' | ');
  return { valueCoding: { code, display, ...(translation ? { _display: inEnglish(translation) } : {}) } };
};

/** Every item type, laid out as a consult application would be. */
export const EVERY_TYPE: Questionnaire = {
  ...form(
    item('basics', 'group', { text: '基本信息 | Basics' }, [
      item('intro', 'display', { text: '请如实填写，带 * 的为必填。 | Please answer truthfully; items with * are required.' }),
      item('applicant', 'reference', {
        text: '申请医师 | Applicant',
        required: true,
        extension: [{ url: EXTENSION.referenceKind, valueCode: 'person' }, fact('applicant')],
      }),
      item('urgency', 'choice', {
        text: '紧急程度 | Urgency',
        required: true,
        answerOption: [option('routine', '常规 | Routine'), option('urgent', '紧急 | Urgent'), option('emergency', '特急 | Emergency')],
        extension: [fact('urgency')],
      }),
      item('urgency-reason', 'text', {
        text: '紧急原因 | Why it is urgent',
        required: true,
        maxLength: 500,
        enableWhen: [
          when('urgency', '=', { answerCoding: { code: 'urgent' } }),
          when('urgency', '=', { answerCoding: { code: 'emergency' } }),
        ],
        enableBehavior: 'any',
      }),
      item('department', 'choice', {
        text: '申请科室 | Department',
        answerValueSet: '#departments',
        extension: [control('drop-down')],
      }),
      item('wish', 'open-choice', {
        text: '希望的会诊形式 | Preferred form',
        answerOption: [option('video', '视频 | Video'), option('phone', '电话 | Phone'), option('text', '图文 | Text')],
      }),
    ]),
    item('patient', 'group', { text: '患者 | Patient' }, [
      item('name', 'string', { text: '姓名 | Name', required: true, maxLength: 40 }),
      item('birth', 'date', { text: '出生日期 | Date of birth', required: true, extension: [fact('birthDate')] }),
      item('pregnant', 'boolean', { text: '是否妊娠 | Pregnant' }),
      item('age', 'integer', {
        text: '年龄 | Age',
        extension: [
          { url: EXTENSION.minValue, valueInteger: 0 },
          { url: EXTENSION.maxValue, valueInteger: 150 },
          { url: EXTENSION.unit, valueCoding: { code: 'a', display: '岁' } },
          fact('age'),
        ],
      }),
      item('temperature', 'decimal', {
        text: '体温 | Temperature',
        extension: [
          { url: EXTENSION.maxDecimalPlaces, valueInteger: 1 },
          { url: EXTENSION.unit, valueCoding: { code: 'Cel', display: '℃' } },
          { url: EXTENSION.minValue, valueDecimal: 30 },
          { url: EXTENSION.maxValue, valueDecimal: 45 },
        ],
      }),
      item('weight', 'quantity', {
        text: '体重 | Weight',
        extension: [
          { url: EXTENSION.unitOption, valueCoding: { code: 'kg', display: 'kg' } },
          { url: EXTENSION.unitOption, valueCoding: { code: 'g', display: 'g' } },
        ],
      }),
      item('record-no', 'string', {
        text: '病历号 | Record number',
        extension: [
          { url: EXTENSION.regex, valueString: '[A-Z]{2}[0-9]{6}' },
          { url: EXTENSION.entryFormat, valueString: 'AB123456' },
        ],
      }),
    ]),
    item('clinical', 'group', { text: '临床资料 | Clinical summary' }, [
      item('history', 'text', { text: '现病史 | Present illness', required: true, maxLength: 2000 }, [
        item('history-help', 'display', {
          text: '起病时间、主要症状、诊治经过。 | Onset, main symptoms, treatment so far.',
          extension: [control('help')],
        }),
      ]),
      item('symptoms', 'choice', {
        text: '症状 | Symptoms',
        repeats: true,
        answerOption: [
          option('fever', '发热 | Fever'),
          option('cough', '咳嗽 | Cough'),
          option('pain', '疼痛 | Pain'),
          { ...option('none', '以上都没有 | None of these'), extension: [{ url: EXTENSION.optionExclusive, valueBoolean: true }] },
        ],
      }),
      item(
        'vitals',
        'group',
        { text: '生命体征 | Vital signs', repeats: true, extension: [control('gtable'), { url: EXTENSION.maxOccurs, valueInteger: 5 }] },
        [
          item('vital-kind', 'choice', {
            text: '项目 | Kind',
            required: true,
            answerOption: [option('pulse', '脉搏 | Pulse'), option('bp', '血压 | Blood pressure'), option('spo2', '血氧 | SpO₂')],
          }),
          item('vital-value', 'string', { text: '数值 | Value', required: true, maxLength: 20 }),
          item('vital-time', 'time', { text: '时间 | Time' }),
          item('vital-note', 'string', {
            text: '说明 | Note',
            required: true,
            enableWhen: [when('vital-kind', '=', { answerCoding: { code: 'bp' } })],
          }),
        ],
      ),
      item('medication', 'group', { text: '用药 | Medication', repeats: true }, [
        item('drug', 'string', { text: '药品 | Drug', required: true }),
        item('drug-since', 'date', { text: '开始日期 | Since' }),
      ]),
      item('allergies', 'string', {
        text: '过敏史 | Allergies',
        repeats: true,
        extension: [{ url: EXTENSION.maxOccurs, valueInteger: 3 }],
      }),
      item('wished-times', 'dateTime', { text: '希望时间 | Wished times', repeats: true, extension: [fact('wishedTimes')] }),
      item('link', 'url', { text: '影像链接 | Link to images' }),
      item('files', 'attachment', {
        text: '资料附件 | Attachments',
        repeats: true,
        extension: [
          { url: EXTENSION.maxSize, valueDecimal: 5 },
          { url: EXTENSION.mimeType, valueCode: 'image/*' },
          { url: EXTENSION.mimeType, valueCode: 'application/pdf' },
        ],
      }),
    ]),
    item('closing', 'group', { text: '同意与签名 | Consent and signature' }, [
      item('score', 'integer', {
        text: '资料完整性自评 | How complete is the material?',
        extension: [control('slider'), { url: EXTENSION.minValue, valueInteger: 1 }, { url: EXTENSION.maxValue, valueInteger: 5 }],
      }),
      item('consent', 'boolean', { text: '患者已知情同意 | The patient has consented', required: true, extension: [control('check-box')] }),
      item('number', 'string', { text: '申请编号 | Application number', readOnly: true, initial: [{ valueString: 'RC-2026-0001' }] }),
      item('signature', 'reference', {
        text: '申请医师签名 | Signature of the applicant',
        required: true,
        extension: [{ url: EXTENSION.signature, valueBoolean: true }],
      }),
    ]),
  ),
  title: '远程会诊申请',
  _title: inEnglish('Application for a remote consult'),
  contained: [
    {
      resourceType: 'ValueSet',
      id: 'departments',
      compose: {
        include: [
          {
            concept: [
              { code: 'cardiology', display: '心内科', designation: [{ language: 'en', value: 'Cardiology' }] },
              { code: 'neurology', display: '神经内科', designation: [{ language: 'en', value: 'Neurology' }] },
              { code: 'oncology', display: '肿瘤科', designation: [{ language: 'en', value: 'Oncology' }] },
              { code: 'orthopaedics', display: '骨科', designation: [{ language: 'en', value: 'Orthopaedics' }] },
              { code: 'paediatrics', display: '儿科', designation: [{ language: 'en', value: 'Paediatrics' }] },
              { code: 'respiratory', display: '呼吸科', designation: [{ language: 'en', value: 'Respiratory medicine' }] },
            ],
          },
        ],
      },
    },
  ],
};

/** A complete and right answer to `EVERY_TYPE`. */
export const EVERY_TYPE_FILLED: QuestionnaireResponse = {
  ...answers(
    g(
      'basics',
      a('applicant', { valueReference: { reference: 'Practitioner/p1', display: '李敏' } }),
      a('urgency', { valueCoding: { code: 'urgent', display: '紧急' } }),
      a('urgency-reason', { valueString: '病情进展快，需尽快明确诊断。' }),
      a('department', { valueCoding: { code: 'neurology', display: '神经内科' } }),
      a('wish', { valueString: '视频加现场' }),
    ),
    g(
      'patient',
      a('name', { valueString: '张三' }),
      a('birth', { valueDate: '1968-04-12' }),
      a('pregnant', { valueBoolean: false }),
      a('age', { valueInteger: 57 }),
      a('temperature', { valueDecimal: 37.2 }),
      a('weight', { valueQuantity: { value: 62.5, unit: 'kg', code: 'kg' } }),
      a('record-no', { valueString: 'AB123456' }),
    ),
    g(
      'clinical',
      a('history', { valueString: '三天前突发头痛，伴恶心，无发热。' }),
      a('symptoms', { valueCoding: { code: 'pain', display: '疼痛' } }, { valueCoding: { code: 'cough', display: '咳嗽' } }),
      g(
        'vitals',
        a('vital-kind', { valueCoding: { code: 'pulse', display: '脉搏' } }),
        a('vital-value', { valueString: '82' }),
        a('vital-time', { valueTime: '08:30:00' }),
      ),
      g(
        'vitals',
        a('vital-kind', { valueCoding: { code: 'bp', display: '血压' } }),
        a('vital-value', { valueString: '150/95' }),
        a('vital-note', { valueString: '左臂' }),
      ),
      g('medication', a('drug', { valueString: '阿司匹林' }), a('drug-since', { valueDate: '2025-11' })),
      a('allergies', { valueString: '青霉素' }, { valueString: '海鲜' }),
      a('wished-times', { valueDateTime: '2026-03-03T09:30:00+08:00' }),
      a('link', { valueUri: 'https://images.example.org/study/1' }),
      a('files', { valueAttachment: { url: 'file:f1', title: '头颅CT.png', contentType: 'image/png', size: 120_000 } }),
    ),
    g(
      'closing',
      a('score', { valueInteger: 4 }),
      a('consent', { valueBoolean: true }),
      a('number', { valueString: 'RC-2026-0001' }),
      a('signature', { valueReference: { reference: 'Practitioner/p1', display: '李敏' } }),
    ),
  ),
  questionnaire: 'https://bihuan.dev/fhir/Questionnaire/sample|1',
};
