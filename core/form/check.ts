/** What keeps a form from being published, and what its author should know. Findings name the item by its link id. */
import type { Finding } from '#core/bpmn/finding.ts';
import { checkAccess } from './access/check.ts';
import type { Assembled } from './assemble.ts';
import { conditionProblems } from './check-conditions.ts';
import { checkInitial } from './check-initial.ts';
import { checkExpressions } from './expression/check.ts';
import type { ExpressionEngine } from './expression/engine.ts';
import { expressionsOf } from './expression/expressions.ts';
import { EXTENSION, type ItemSettings, settingsOf } from './extensions.ts';
import { FACT_TYPES } from './facts.ts';
import { allItems } from './items.ts';
import { readWholePattern, unboundedWords } from './pattern.ts';
import type { Extension, ItemType, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { checkValueSets } from './terminology/check.ts';
import { unsupportedFeatures } from './unsupported.ts';
import { compareValues, type ValueKey, valueKeyOf, valueKindOf } from './value.ts';

export type Report = (elementId: string, rule: string, message: string, messageZh: string, severity?: Finding['severity']) => void;

/** Without an engine the expressions of the form are not read. */
export function checkQuestionnaire(questionnaire: Questionnaire, engine?: ExpressionEngine): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (elementId, rule, message, messageZh, severity = 'error') =>
    findings.push({ elementId, rule, severity, message, messageZh });
  const items = allItems(questionnaire.item ?? []);
  if (items.length === 0) report('questionnaire', 'form-empty', 'The form has no item.', '表单没有任何项目。');
  checkLinkIds(items, report);
  for (const item of items) checkItem(item, report);
  checkFactNames(items, report);
  checkTranslations(questionnaire, items, report);
  checkConstraints('questionnaire', questionnaire.extension, report);
  checkValueSets(questionnaire, report);
  conditionProblems(questionnaire, report);
  checkAccess(questionnaire, items, report);
  if (engine) checkExpressions(questionnaire, engine, report);
  for (const { linkId, feature, language, changesBehaviour } of unsupportedFeatures(questionnaire)) {
    // Of value sets their own check has told why.
    if (!changesBehaviour || feature === 'answerValueSet') continue;
    const [message, messageZh] = language
      ? [
          `The language ${language} is not supported yet; the ${feature} in it has no effect. Write it in FHIRPath.`,
          `尚不支持表达式语言 ${language}，其中的 ${feature} 不起作用；请改用 FHIRPath。`,
        ]
      : feature.startsWith('element:_')
        ? [`What is computed for "${feature.slice(9)}" has no effect.`, `为“${feature.slice(9)}”设置的计算不起作用。`]
        : feature.startsWith('element:')
          ? [`An item has no element "${feature.slice(8)}"; it has no effect.`, `项目没有“${feature.slice(8)}”这一元素，不起作用。`]
          : [`${feature} is not supported yet and has no effect.`, `尚不支持 ${feature}。`];
    report(linkId ?? 'questionnaire', 'form-unsupported', message, messageZh, 'warning');
  }
  return findings;
}

/** A part that is not in the set, or that contains itself. */
export function partMissing({ linkId, canonical, reason }: Extract<Assembled, { kind: 'incomplete' }>): Finding {
  return { elementId: linkId, rule: 'form-part', severity: 'error', ...PART_WORDS[reason](canonical) };
}

const PART_WORDS = {
  missing: (canonical) => ({
    message: `The form ${canonical}, which is part of this one, is not in the set. Put it beside it.`,
    messageZh: `所引用的子表单 ${canonical} 不在此套文件中，请放在一起。`,
  }),
  circle: (canonical) => ({
    message: `The form ${canonical} is a part of itself. Take it out in one place.`,
    messageZh: `子表单 ${canonical} 循环引用自身，请去掉一处。`,
  }),
  variable: (canonical) => ({
    message: `The form ${canonical}, which is part of this one, declares a variable that is declared otherwise in the same place. Name one of them differently.`,
    messageZh: `子表单 ${canonical} 声明的变量在同一处已有不同的声明，请改名。`,
  }),
  'too-many': (canonical) => ({
    message: `With ${canonical} the form has too many parts. Take some of them out.`,
    messageZh: `加上 ${canonical} 后，表单所含的子表单过多，请去掉一些。`,
  }),
} as const satisfies Record<
  Extract<Assembled, { kind: 'incomplete' }>['reason'],
  (canonical: string) => Pick<Finding, 'message' | 'messageZh'>
>;

function checkLinkIds(items: readonly QuestionnaireItem[], report: Report): void {
  const seen = new Set<string>();
  for (const { linkId } of items) {
    if (seen.has(linkId)) report(linkId, 'form-link-id', `The link id "${linkId}" is used twice.`, `项目编号“${linkId}”重复。`);
    seen.add(linkId);
  }
}

function checkItem(item: QuestionnaireItem, report: Report): void {
  const settings = settingsOf(item);
  const { linkId, type } = item;
  if (type !== 'display' && !item.text) report(linkId, 'form-label', 'The item has no text to ask with.', '项目没有文字。', 'warning');
  if (type === 'display' && (item.required || item.repeats)) {
    report(linkId, 'form-display', 'A display item can be neither required nor repeated.', '说明文字不能设为必填或可重复。');
  }
  // Invariant que-1.
  if (type === 'display' && item.item?.length) {
    report(linkId, 'form-display', 'A display item cannot have items below it; use a group.', '说明文字下不能再有项目，请改用分组。');
  }
  // Invariants que-3 and que-9.
  if (type === 'display' && (item.code?.length || item.readOnly !== undefined)) {
    report(linkId, 'form-display', 'A display item has neither a code nor readOnly.', '说明文字不应有编码或只读设置。', 'warning');
  }
  if (type === 'group' && !item.item?.length) report(linkId, 'form-group', 'The group is empty.', '分组为空。', 'warning');
  if (item.item?.length && item.repeats && type !== 'group' && item.item.some((child) => child.type !== 'display')) {
    report(
      linkId,
      'form-nested',
      'What is below a question that repeats is asked on pages once, for its first answer; use a repeating group where each answer has its own.',
      '可重复的问题下的问题在页面上只就第一个答案询问一次；若每个答案各有下级问题，请改用可重复的分组。',
      'warning',
    );
  }
  checkOptions(item, report);
  checkInitial(item, report);
  checkAnswerable(item, settings, report);
  checkConstraints(linkId, item.extension, report);
  checkLimits(item, settings, report);
  checkFact(item, settings, report);
  if (settings.isSignature && (type !== 'reference' || item.repeats)) {
    report(linkId, 'form-signature', 'A signature is a reference that does not repeat.', '签名须为不可重复的引用项。');
  }
  if (type === 'reference' && !settings.referenceKind && !settings.isSignature) {
    report(
      linkId,
      'form-reference',
      'The item does not say what may be chosen (reference-kind).',
      '引用项未说明可选对象类型（reference-kind）。',
    );
  }
}

/** Extensions that bring an answer from elsewhere when the form is opened (SDC, population). */
const POPULATED: ReadonlySet<string> = new Set([
  EXTENSION.initialExpression,
  EXTENSION.calculatedExpression,
  EXTENSION.answerExpression,
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationLinkPeriod',
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-candidateExpression',
]);

/** A required answer that nobody can give, and that comes from nowhere. */
function checkAnswerable(item: QuestionnaireItem, { hidden, fact }: ItemSettings, report: Report): void {
  // What the process knows of it may be put in by whoever begins the step.
  if (fact !== undefined) return;
  if (!item.required || item.type === 'group' || item.type === 'display' || !(hidden || item.readOnly)) return;
  const isGiven = item.initial?.length || item.answerOption?.some(({ initialSelected }) => initialSelected);
  if (isGiven || item.extension?.some(({ url }) => POPULATED.has(url))) return;
  report(
    item.linkId,
    'form-required',
    'The answer is required, but nobody can give it: the item is hidden or read-only, and nothing is computed or begins there.',
    '此项必填，但隐藏或只读，且没有初始值或计算，无人可以填写。',
    'warning',
  );
}

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information']);

function checkConstraints(place: string, extensions: readonly Extension[] = [], report: Report): void {
  for (const { url, extension = [] } of extensions) {
    if (url !== EXTENSION.constraint && url !== EXTENSION.targetConstraint) continue;
    const part = (name: string): Extension | undefined => extension.find((each) => each.url === name);
    const severity = part('severity')?.valueCode;
    if (severity !== undefined && !SEVERITIES.has(severity)) {
      report(
        place,
        'form-constraint',
        `The severity of a constraint is error or warning, not "${severity}".`,
        `约束的严重程度应为 error 或 warning，而不是“${severity}”。`,
      );
    }
    if (!part('human')?.valueString) {
      report(
        place,
        'form-constraint',
        'The constraint does not say in words (human) what is asked.',
        '约束没有给人看的说明（human）。',
        'warning',
      );
    }
  }
}

function checkOptions(item: QuestionnaireItem, report: Report): void {
  const isChoice = item.type === 'choice' || item.type === 'open-choice';
  const hasOptions = item.answerOption !== undefined || item.answerValueSet !== undefined;
  const isComputed = item.extension?.some(({ url }) => url === EXTENSION.answerExpression) ?? false;
  if (isChoice && !hasOptions && !isComputed) report(item.linkId, 'form-options', 'The choice has no options.', '选择项没有选项。');
  if (!isChoice && hasOptions) {
    report(item.linkId, 'form-options', `Options belong to choice items, not to ${item.type}.`, '只有选择项可以有选项。');
  }
  // Invariant que-4.
  if (item.answerOption && item.answerValueSet !== undefined) {
    report(
      item.linkId,
      'form-options',
      'The item has options and a value set; the value set is not heard. Take one of them out.',
      '同时列出了选项并引用了值集，值集不起作用，请去掉其一。',
    );
  }
  const keys = (item.answerOption ?? []).map(valueKeyOf);
  if (new Set(keys).size < keys.length) {
    report(item.linkId, 'form-options', 'An option is listed twice.', '同一选项列出了两次。', 'warning');
  }
}

/** Types whose answers are written, so that their length can be limited. */
const WRITTEN: ReadonlySet<ItemType> = new Set<ItemType>(['boolean', 'decimal', 'integer', 'string', 'text', 'url', 'open-choice']);

const NUMBERS: readonly ValueKey[] = ['valueInteger', 'valueDecimal'];
const MOMENTS: readonly ValueKey[] = ['valueDate', 'valueDateTime'];
/** With which limits answers can be compared; those of other types with none. Choices are as their options are. */
const LIMITED_BY: Readonly<Partial<Record<ItemType, readonly ValueKey[]>>> = {
  integer: NUMBERS,
  decimal: NUMBERS,
  quantity: [...NUMBERS, 'valueQuantity'],
  date: MOMENTS,
  dateTime: MOMENTS,
  time: ['valueTime'],
  choice: [...NUMBERS, ...MOMENTS, 'valueTime'],
  'open-choice': [...NUMBERS, ...MOMENTS, 'valueTime'],
};

function checkLimits(item: QuestionnaireItem, settings: ItemSettings, report: Report): void {
  const { minValue, maxValue, minLength, regex, minOccurs, maxOccurs } = settings;
  const order = minValue && maxValue ? compareValues(minValue, maxValue) : null;
  if (order !== null && order > 0) report(item.linkId, 'form-limits', 'The least value is above the greatest.', '最小值大于最大值。');
  if (minLength !== undefined && item.maxLength !== undefined && minLength > item.maxLength) {
    report(item.linkId, 'form-limits', 'The least length is above the greatest.', '最小长度大于最大长度。');
  }
  // Invariant que-10.
  if (item.maxLength !== undefined && !WRITTEN.has(item.type)) {
    report(item.linkId, 'form-limits', `maxLength has no effect on ${item.type}.`, `maxLength 对 ${item.type} 不起作用。`, 'warning');
  }
  for (const limit of [minValue, maxValue]) {
    const kind = limit && valueKindOf(limit);
    if (!kind || LIMITED_BY[item.type]?.includes(kind)) continue;
    report(
      item.linkId,
      'form-limits',
      `A limit that is a ${kind.slice(5)} has no effect on ${item.type}.`,
      `类型为 ${kind.slice(5)} 的限值对 ${item.type} 不起作用。`,
      'warning',
    );
  }
  if (minOccurs !== undefined && minOccurs > (item.repeats ? (maxOccurs ?? minOccurs) : 1)) {
    report(item.linkId, 'form-limits', 'More answers are needed than are allowed.', '最少数量大于最多数量。');
  }
  if ((maxOccurs ?? 1) > 1 && !item.repeats) {
    report(item.linkId, 'form-limits', 'maxOccurs needs an item that repeats.', 'maxOccurs 只用于可重复的项目。', 'warning');
  }
  if (regex === undefined) return;
  const pattern = readWholePattern(regex);
  if (pattern === 'unreadable') {
    report(item.linkId, 'form-pattern', `The pattern ${regex} cannot be read.`, `无法识别正则表达式 ${regex}。`);
  }
  if (pattern === 'unbounded') report(item.linkId, 'form-pattern', ...unboundedWords(regex));
}

const FACT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names that the door and the interpreter give to a process. */
const RESERVED_FACTS = new Set(['starter', 'platform', 'outcome', 'review', 'true', 'false', 'null']);

function checkFact(item: QuestionnaireItem, { fact }: ItemSettings, report: Report): void {
  if (fact === undefined) {
    if (item.extension?.some(({ url }) => url === EXTENSION.fact))
      report(item.linkId, 'form-fact', 'The fact has no name.', '事实没有名称。');
    return;
  }
  if (!FACT_NAME.test(fact))
    report(item.linkId, 'form-fact', `"${fact}" cannot be written as a FEEL name.`, `“${fact}”不能用作 FEEL 变量名。`);
  if (RESERVED_FACTS.has(fact)) report(item.linkId, 'form-fact', `"${fact}" is a name of the engine.`, `“${fact}”是引擎保留名称。`);
  if (!FACT_TYPES.includes(item.type)) {
    report(
      item.linkId,
      'form-fact',
      `Free text and files (${item.type}) never become facts.`,
      `自由文本与文件（${item.type}）不能作为事实。`,
    );
  }
}

function checkFactNames(items: readonly QuestionnaireItem[], report: Report): void {
  const seen = new Map<string, string>();
  for (const item of items) {
    const { fact } = settingsOf(item);
    if (fact === undefined) continue;
    const other = seen.get(fact);
    if (other) report(item.linkId, 'form-fact', `"${other}" already gives the fact "${fact}".`, `事实“${fact}”已由“${other}”给出。`);
    seen.set(fact, item.linkId);
  }
}

/** Either every label is translated or none: half a form in another language is a trap. */
function checkTranslations(questionnaire: Questionnaire, items: readonly QuestionnaireItem[], report: Report): void {
  const isTranslated = (item: QuestionnaireItem) => item._text?.extension?.some(({ url }) => url === EXTENSION.translation) ?? false;
  if (!questionnaire._title && !items.some(isTranslated)) return;
  for (const item of items) {
    // What is computed takes its place.
    if (!item.text || isTranslated(item) || expressionsOf(item).text !== undefined) continue;
    report(item.linkId, 'form-translation', `"${item.text}" has no translation, other items have.`, `“${item.text}”缺少译文。`, 'warning');
  }
}
