/** Words for issues where there is no web: on the command line and in the server's answers. */
import { inLocale, type Locale, type LocalizedText } from '#core/text.ts';
import type { FormIssue, FormIssueCode } from './issue.ts';

export function textFor(issue: FormIssue, locale: Locale): string {
  // What the form's author says of a rule has no places for values.
  if (issue.text) return inLocale(issue.text, locale);
  return inLocale(TEXTS[issue.code], locale).replace(/\{(\w+)\}/g, (_, name: string) => String(issue.data?.[name] ?? ''));
}

const TEXTS = {
  required: { 'zh-CN': '此项必填', en: 'This is required' },
  'too-few': { 'zh-CN': '至少需要 {min} 项', en: 'At least {min} are needed' },
  'too-many': { 'zh-CN': '最多 {max} 项，现有 {count} 项', en: 'At most {max} are allowed; there are {count}' },
  'empty-row': { 'zh-CN': '此行为空，请填写或删除', en: 'This row is empty; fill it in or remove it' },
  'too-long': { 'zh-CN': '最多 {max} 个字，现有 {count} 个字', en: 'At most {max} characters; there are {count}' },
  'too-short': { 'zh-CN': '至少 {min} 个字', en: 'At least {min} characters' },
  pattern: { 'zh-CN': '格式不正确', en: 'This does not have the expected format' },
  'pattern-unchecked': {
    'zh-CN': '格式要求无法核对，请告知管理员',
    en: 'The expected format could not be checked; tell the administrator of the form',
  },
  'blank-text': { 'zh-CN': '不能只有空格', en: 'This has nothing but spaces' },
  'number-invalid': { 'zh-CN': '不是有效的数字', en: 'This is not a valid number' },
  'too-many-decimals': { 'zh-CN': '最多 {max} 位小数', en: 'At most {max} decimal places' },
  'min-value': { 'zh-CN': '不能小于 {min}', en: 'Not below {min}' },
  'max-value': { 'zh-CN': '不能大于 {max}', en: 'Not above {max}' },
  'too-early': { 'zh-CN': '不能早于 {min}', en: 'Not before {min}' },
  'too-late': { 'zh-CN': '不能晚于 {max}', en: 'Not after {max}' },
  'date-invalid': { 'zh-CN': '不是有效的日期', en: 'This date does not exist' },
  'date-time-invalid': { 'zh-CN': '不是有效的日期时间', en: 'This date and time does not exist' },
  'time-invalid': { 'zh-CN': '不是有效的时间', en: 'This time does not exist' },
  'url-invalid': { 'zh-CN': '不是有效的网址', en: 'This is not a web address' },
  'option-unknown': { 'zh-CN': '不在可选项之中', en: 'This is not one of the options' },
  'option-unchecked': { 'zh-CN': '没有选项清单可供核对', en: 'There was no list of options to check this against' },
  'option-exclusive': { 'zh-CN': '此选项不能与其他选项同时选择', en: 'This option cannot be combined with others' },
  'option-twice': { 'zh-CN': '同一选项选择了两次', en: 'An option is chosen twice' },
  'unit-unknown': { 'zh-CN': '单位不正确', en: 'This unit is not allowed' },
  'unit-invalid': { 'zh-CN': '不是有效的 UCUM 单位', en: 'This is not a unit of UCUM' },
  'file-missing': { 'zh-CN': '文件未上传', en: 'The file has not been uploaded' },
  'file-too-large': { 'zh-CN': '文件过大（最大 {max} 字节）', en: 'The file is larger than {max} bytes' },
  'file-type': { 'zh-CN': '文件类型不允许（允许：{allowed}）', en: 'This type of file is not allowed ({allowed})' },
  'reference-invalid': { 'zh-CN': '请从列表中选择', en: 'Choose from the list' },
  'reference-kind': { 'zh-CN': '所选对象类型不正确', en: 'This is not the kind of record that is asked for' },
  'signature-foreign': { 'zh-CN': '只能由本人签名', en: 'Only the person who submits can sign' },
  'not-enabled': { 'zh-CN': '此项不适用，将不会提交', en: 'This does not apply and will be left out' },
  'unknown-item': { 'zh-CN': '表单中没有此项', en: 'The form has no such item' },
  'item-twice': { 'zh-CN': '此项重复出现', en: 'This item occurs more than once' },
  'wrong-type': { 'zh-CN': '数据类型不正确（应为 {expected}）', en: 'This has the wrong type ({expected} is expected)' },
  'answer-not-allowed': { 'zh-CN': '此项不能填写', en: 'This item takes no answer' },
  'nested-not-allowed': { 'zh-CN': '此项的下级位置不正确', en: 'Items below a question belong below its answer' },
  'other-form': { 'zh-CN': '提交的是另一张表单（应为 {expected}）', en: 'These answers belong to another form ({expected} is expected)' },
  'other-version': {
    'zh-CN': '提交的是此表单的另一版本（应为 {expected}）',
    en: 'These answers are of another version of the form ({expected} is expected)',
  },
  'item-order': { 'zh-CN': '此项的次序与表单不一致', en: 'This item stands in another order than in the form' },
  'computed-otherwise': { 'zh-CN': '此值与表单计算的结果不同', en: 'The form computes another value than this' },
  constraint: { 'zh-CN': '与表单的规则不符', en: 'This does not meet a rule of the form' },
  'expression-failed': {
    'zh-CN': '表单的一处计算出错，请告知管理员',
    en: 'The form could not compute something here; tell its administrator',
  },
} as const satisfies Record<FormIssueCode, LocalizedText>;
