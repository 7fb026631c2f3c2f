/**
 * Checks a response against its questionnaire, the same in the browser and at the door. `submit` asks for everything; `draft` lets
 * anything be unfinished or not yet right (as warnings), but still refuses what does not belong into the form at all.
 */
import { type BoundItem, type Container, givenAnswers, hasAnswers } from './bind.ts';
import type { EvaluationContext } from './expression/engine.ts';
import { evaluateResponse } from './expression/evaluate.ts';
import type { EvaluatedForm } from './expression/evaluated-form.ts';
import { type Constraint, expressionsOf } from './expression/expressions.ts';
import { isOverridden } from './expression/override.ts';
import { settingsOf } from './extensions.ts';
import type { FormIssue, FormIssueCode } from './issue.ts';
import { localized } from './localize.ts';
import { choicesOf } from './options.ts';
import { misplacedIn } from './order.ts';
import { itemPath } from './path.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';
import type { Verdicts } from './terminology/external.ts';
import { answerFaults, type Fault, isStructural } from './validate-answer.ts';
import { isSameAnswer } from './value.ts';

export interface ValidationOptions {
  readonly mode: 'draft' | 'submit';
  /** Reference of whoever submits (`Practitioner/<id>`): every signature must be theirs. Absent in the browser, where nobody else signs. */
  readonly signer?: string;
  /** Of a response that is kept elsewhere: files may be anywhere, or in it. Ours have been uploaded. */
  readonly takesForeignFiles?: boolean;
  /** Without it nothing of the form is computed: no expression enables, constrains or answers anything. */
  readonly context?: EvaluationContext;
  /** What terminology servers say of codes; the door asks them beforehand, a browser and a draft do not. */
  readonly verdictOf?: Verdicts;
}

/** No item takes more answers or rows than this, whatever the form allows. */
export const ANSWERS_MAX = 500;

export const validateResponse = (
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  options: ValidationOptions,
): readonly FormIssue[] => {
  const form = evaluateResponse(questionnaire, response, options.context);
  return [...documentIssues(questionnaire, response, form, options), ...validateForm(questionnaire, response, form, options)];
};

/** What can be wrong with a response that was kept or sent, and not with one that is being filled in: there the page writes all of this itself. */
function documentIssues(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  { root, isEnabled }: EvaluatedForm,
  { mode }: ValidationOptions,
): readonly FormIssue[] {
  const issues: FormIssue[] = [];
  const [, version] = response.questionnaire?.split('|') ?? [];
  const expected = questionnaire.version;
  if (version && expected && version !== expected) {
    issues.push({ code: 'other-version', linkId: '', path: '', severity: 'warning', data: { expected } });
  }
  const compare = (container: Container, given: readonly ResponseItem[]): void => {
    for (const linkId of misplacedIn(container, given)) {
      issues.push({ code: 'item-order', linkId, path: itemPath(container.path, linkId), severity: mode === 'draft' ? 'warning' : 'error' });
    }
    for (const bound of container.items) {
      for (const { source, ...row } of bound.instances) compare({ source, ...row }, source?.item ?? []);
      for (const { answer, nested } of bound.answers) compare(nested, answer.item ?? []);
      if (isEnabled(bound) && isComputedOtherwise(bound)) {
        issues.push({ code: 'computed-otherwise', linkId: bound.item.linkId, path: bound.path, severity: 'warning' });
      }
    }
  };
  compare(root, response.item ?? []);
  return issues;
}

/** The door computes again, so what was given does not count: a warning, and none where a person's own answer stands. */
function isComputedOtherwise(bound: BoundItem): boolean {
  if (expressionsOf(bound.item).calculated === undefined || isOverridden(bound)) return false;
  const given = givenAnswers(bound);
  if (given.length === 0) return false;
  const { answers } = bound;
  return answers.length !== given.length || answers.some(({ answer }, index) => !isSameAnswer(answer, given[index] ?? {}));
}

/** What the response came to is known already. */
export function validateForm(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  { failures, root, isEnabled, minValues, maxValues, options: computedOptions, withdrawn, broken }: EvaluatedForm,
  options: ValidationOptions,
): readonly FormIssue[] {
  const issues: FormIssue[] = [];

  const report = (linkId: string, path: string, fault: Fault, severity: FormIssue['severity'] = fault.severity ?? 'error') => {
    const isLenient = options.mode === 'draft' && !isStructural(fault.code);
    issues.push({ ...fault, linkId, path, severity: isLenient ? 'warning' : severity });
  };

  const validateContainer = (container: Container) => {
    for (const stray of container.strays) report(stray.source.linkId, stray.path, { code: 'unknown-item' });
    for (const bound of container.items) {
      const { item, path } = bound;
      for (const fault of shapeFaults(bound)) report(item.linkId, path, fault);
      if (!isEnabled(bound)) {
        const isFilled = bound.answers.length > 0 || bound.instances.some(hasAnswers);
        if (isFilled) report(item.linkId, path, { code: 'not-enabled' }, 'warning');
      } else if (item.type === 'group') validateGroup(bound);
      else if (item.type !== 'display') validateQuestion(bound);
    }
  };

  const validateGroup = (bound: BoundItem) => {
    const { item, path, instances } = bound;
    if (item.repeats) for (const fault of countFaults(bound, instances.length)) report(item.linkId, path, fault);
    else if (item.required && instances[0] && !hasAnswers(instances[0])) report(item.linkId, path, { code: 'required' });
    for (const instance of instances) {
      const before = issues.length;
      validateContainer(instance);
      // A row that lacks required answers says so itself.
      if (item.repeats && !hasAnswers(instance) && issues.length === before) report(item.linkId, instance.path, { code: 'empty-row' });
    }
  };

  const validateQuestion = (bound: BoundItem) => {
    const { item, path, answers } = bound;
    for (const fault of countFaults(bound, answers.length)) report(item.linkId, path, fault);
    for (const fault of exclusivityFaults(questionnaire, bound)) report(item.linkId, path, fault);
    for (const answer of answers) {
      const faults = answerFaults(questionnaire, item, answer.answer, {
        signer: options.signer,
        takesForeignFiles: options.takesForeignFiles,
        minValue: minValues.get(path),
        maxValue: maxValues.get(path),
        options: computedOptions.get(path),
        withdrawn: withdrawn.get(path),
        verdictOf: options.verdictOf,
        compareQuantities: options.context?.engine.compareQuantities,
        knowsUnit: options.context?.engine.knowsUnit,
      });
      for (const fault of faults) report(item.linkId, answer.path, fault);
      validateContainer(answer.nested);
    }
  };

  const expected = questionnaire.url;
  if (expected && response.questionnaire && response.questionnaire.split('|')[0] !== expected) {
    report('', '', { code: 'other-form', data: { expected } });
  }
  validateContainer(root);
  // Its effect is that of an empty result: nobody is kept from going on by a fault of the form.
  for (const { linkId, path } of failures) report(linkId, path, { code: 'expression-failed' }, 'warning');
  for (const { linkId, path, constraint } of broken) {
    report(linkId, path, { code: 'constraint', ...wordsOf(constraint) }, constraint.severity);
  }
  return issues;
}

function wordsOf({ human, _human }: Constraint): Pick<FormIssue, 'text'> {
  const english = localized(human, _human, 'en');
  return human === '' ? {} : { text: { 'zh-CN': localized(human, _human, 'zh-CN'), ...(english === '' ? {} : { en: english }) } };
}

/** Does the item hold what items of its type may hold? */
function shapeFaults({ item, sources }: BoundItem): readonly Fault[] {
  const faults: Fault[] = [];
  if (sources.length > 1 && !(item.type === 'group' && item.repeats)) faults.push({ code: 'item-twice' });
  const isQuestion = item.type !== 'group' && item.type !== 'display';
  if (!isQuestion && sources.some((source) => source.answer?.length)) faults.push({ code: 'answer-not-allowed' });
  if (item.type !== 'group' && sources.some((source) => source.item?.length)) faults.push({ code: 'nested-not-allowed' });
  return faults;
}

function countFaults({ item }: BoundItem, count: number): readonly Fault[] {
  const { minOccurs, maxOccurs } = settingsOf(item);
  const atLeast = Math.max(item.required ? 1 : 0, item.required || count > 0 ? (minOccurs ?? 0) : 0);
  const atMost = item.repeats ? Math.min(maxOccurs ?? ANSWERS_MAX, ANSWERS_MAX) : 1;
  if (count > atMost) return [{ code: 'too-many', data: { max: atMost, count } }];
  if (count === 0 && atLeast > 0) return [{ code: 'required' }];
  return count < atLeast ? [{ code: 'too-few', data: { min: atLeast, count } }] : [];
}

function exclusivityFaults(questionnaire: Questionnaire, { item, answers }: BoundItem): readonly Fault[] {
  if (answers.length < 2 || (item.type !== 'choice' && item.type !== 'open-choice')) return [];
  const faults: { code: FormIssueCode }[] = [];
  const isTwice = answers.some(({ answer }, index) => answers.slice(0, index).some((before) => isSameAnswer(before.answer, answer)));
  if (isTwice) faults.push({ code: 'option-twice' });
  const exclusive = (choicesOf(questionnaire, item) ?? []).filter(({ isExclusive }) => isExclusive);
  if (exclusive.some(({ value }) => answers.some(({ answer }) => isSameAnswer(value, answer)))) faults.push({ code: 'option-exclusive' });
  return faults;
}
