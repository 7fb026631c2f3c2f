import { expect, it } from 'vitest';
import { form, item } from '#core/form/sample-form.ts';
import { diffForms } from './diff.ts';
import type { MigrationStep } from './migration-step.ts';
import { proposeSteps } from './propose-steps.ts';
import { STEP_PROBLEMS, type StepProblemCode, stepProblems } from './step-problems.ts';

const option = (code: string) => ({ valueCoding: { code, display: code } });
const BEFORE = form(
  item('age', 'integer'),
  item('file', 'attachment'),
  item('kept', 'string'),
  item('sick', 'boolean'),
  item('colour', 'choice', { answerOption: [option('red'), option('blue')] }),
);
const AFTER = form(
  item('years', 'decimal'),
  item('remark', 'string'),
  item('kept', 'string'),
  item('sick', 'choice', { answerOption: [option('yes'), option('no')] }),
  item('colour', 'choice', { answerOption: [option('green')] }),
);

const CASES: readonly (readonly [StepProblemCode | null, string, readonly MigrationStep[]])[] = [
  [null, 'proposals', proposeSteps(diffForms(BEFORE, AFTER)).filter(({ kind }) => kind !== 'convert')],
  ['source-unknown', 'answers of a question that was never asked', [{ kind: 'rename-item', from: 'none', to: 'remark' }]],
  ['source-unknown', 'giving up what was never asked', [{ kind: 'drop-item', linkId: 'none' }]],
  ['target-unknown', 'answers to nowhere', [{ kind: 'rename-item', from: 'age', to: 'none' }]],
  ['target-unknown', 'options of nothing', [{ kind: 'map-option', linkId: 'none', from: 'a', to: null }]],
  ['target-has-answers', 'answers to a question that has its own', [{ kind: 'rename-item', from: 'age', to: 'kept' }]],
  [
    'target-twice',
    'two sources for one question',
    [
      { kind: 'convert', linkId: 'years', from: 'integer', to: 'decimal' },
      { kind: 'rename-item', from: 'age', to: 'years' },
      { kind: 'rename-item', from: 'sick', to: 'years' },
    ],
  ],
  ['types-differ', 'a file as a text', [{ kind: 'rename-item', from: 'file', to: 'remark' }]],
  [
    null,
    'a number as a decimal, converted',
    [
      { kind: 'convert', linkId: 'years', from: 'integer', to: 'decimal' },
      { kind: 'rename-item', from: 'age', to: 'years' },
    ],
  ],
  ['types-differ', 'a conversion to what the question is not', [{ kind: 'convert', linkId: 'years', from: 'integer', to: 'string' }]],
  ['option-unknown', 'an option that the question has not', [{ kind: 'map-option', linkId: 'colour', from: 'red', to: 'yellow' }]],
  [null, 'an option that it has', [{ kind: 'map-option', linkId: 'colour', from: 'red', to: 'green' }]],
  [
    'truth-open',
    'no option for no',
    [{ kind: 'convert', linkId: 'sick', from: 'boolean', to: 'choice', codes: { true: 'yes', false: null } }],
  ],
  [
    'option-unknown',
    'a foreign option for no',
    [{ kind: 'convert', linkId: 'sick', from: 'boolean', to: 'choice', codes: { true: 'yes', false: 'never' } }],
  ],
  [null, 'rows of a question that is there', [{ kind: 'move-item', linkId: 'kept', from: null, to: null, rows: 'first' }]],
];

it.each(CASES)('%s: %s', (code, _, steps) => {
  expect(stepProblems(steps, BEFORE, AFTER).map((problem) => problem.code)).toEqual(code === null ? [] : [code]);
});

it('every problem is found somewhere in this test', () => {
  expect(STEP_PROBLEMS.filter((code) => !CASES.some(([found]) => found === code))).toEqual([]);
});
