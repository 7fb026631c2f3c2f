import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '#bin/bihuan.ts';
import { cliInTest } from '#test/support/cli.ts';

const { out, errors, write } = cliInTest();

const FOLDER = path.join(import.meta.dirname, '../../test/conformance/decisions');
const file = (name: string): string => path.join(FOLDER, `${name}.dmn`);
const evaluate = (...args: readonly string[]) => run(['decision', 'evaluate', ...args]);
const printed = (): unknown => JSON.parse(out.join(''));

describe('bihuan decision evaluate', () => {
  it('gives the result, the rule that fired with the values that it matched, and no errors', async () => {
    expect(await evaluate(file('hit-policies'), '--decision', 'unique', '--input', '{"points": 12}', '--json')).toBe(0);
    expect(printed()).toEqual({
      result: 'middle',
      fired: [
        {
          decisionId: 'unique',
          decision: 'unique',
          ruleId: 'unique-2',
          rule: 2,
          inputs: [{ name: 'points', value: 12 }],
          outputs: [{ name: 'grade', value: 'middle' }],
        },
      ],
      errors: [],
    });
  });

  it('tells people the same in words', async () => {
    expect(await evaluate(file('hit-policies'), '--decision', 'unique', '--input', '{"points": 12}')).toBe(0);
    expect(out.join('\n')).toBe('"middle"\nunique: rule 2 (unique-2) on points = 12 → grade = "middle"');
  });

  it('takes typed input, by the name or id of the decision, from a file too', async () => {
    const input = write('input.json', { 'date of birth': { type: 'xsd:date', value: '2008-03-02' } });
    const args = [file('requirements'), '--input', input, '--now', '2026-03-01T20:00:00Z', '--json'];
    expect(await evaluate(...args, '--decision', 'is adult')).toBe(0);
    expect(await evaluate(...args, '--decision', 'is-adult', '--zone', 'UTC')).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as { result: unknown }).result)).toEqual([true, false]);
  });

  it('gives typed results where JSON has no type', async () => {
    expect(await evaluate(file('feel-temporal'), '--decision', 'kinds-of-duration', '--json')).toBe(1);
    expect(await evaluate(file('feel-temporal'), '--decision', 'duration times number', '--json')).toBe(0);
    expect(await evaluate(file('feel-numbers'), '--decision', 'thirds', '--json')).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as { result: unknown }).result)).toEqual([
      null,
      { type: 'xsd:duration', value: 'P2DT12H' },
      { type: 'xsd:decimal', value: '0.3333333333333333333333333333333333' },
    ]);
  });

  it('evaluates all decisions with --all, by name', async () => {
    expect(await evaluate(file('version-1-1'), '--all', '--input', '{"n": 60}', '--json')).toBe(0);
    expect(printed()).toMatchObject({ result: { grade: 'good' }, fired: [{ ruleId: 'grade-1' }], errors: [] });
  });

  it.each([
    ['two rules of a UNIQUE table', ['hit-policies', 'unique overlapping', '{"points": 25}'], 'UNDECIDED'],
    ['an input of another type', ['hit-policies', 'unique', '{"points": "25"}'], 'INVALID_TYPE'],
    ['a missing input', ['hit-policies', 'unique', '{}'], 'NO_VARIABLE_FOUND'],
    [
      'a date that is none',
      ['requirements', 'is adult', '{"date of birth": {"type": "xsd:date", "value": "2026-02-30"}}'],
      'INVALID_INPUT',
    ],
    ['a type that is none', ['requirements', 'is adult', '{"date of birth": {"type": "xsd:day", "value": "2026-02-28"}}'], 'INVALID_INPUT'],
  ])('ends with 1 and an error, and no value, for %s', async (_, [name = '', decision = '', input = ''], code) => {
    expect(await evaluate(file(name), '--decision', decision, '--input', input, '--json')).toBe(1);
    expect(printed()).toMatchObject({ result: null, fired: [], errors: [{ code }] });
  });

  it('decides nothing by a file of which a part is not understood', async () => {
    const broken = write(
      'broken.dmn',
      '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="x" namespace="x"><decision id="d" name="d"><literalExpression><text>1 +</text></literalExpression></decision></definitions>',
    );
    expect(await evaluate(broken, '--json')).toBe(1);
    expect(printed()).toMatchObject({ result: null, errors: [{ decisionId: 'd', code: 'feel-syntax' }] });
  });

  it.each([
    ['a decision that is not there', [file('hit-policies'), '--decision', 'none']],
    ['several decisions to choose from', [file('hit-policies')]],
    ['a file that is not there', ['none.dmn']],
    ['input that is not JSON', [file('version-1-1'), '--input', '{n: 1}']],
    ['an option that is not there', [file('version-1-1'), '--inputs', '{}']],
    ['no file', []],
  ])('ends with 2 for %s', async (_, args) => {
    expect(await evaluate(...args)).toBe(2);
    expect(errors.join('')).toContain('bihuan decision:');
    expect(out).toEqual([]);
  });
});

it('bihuan decision test tells which example failed, and how', async () => {
  const cases = write('cases.json', {
    cases: [
      { name: 'right', decision: 'unique', input: { points: 12 }, result: 'middle', rules: ['unique-2'] },
      { name: 'wrong', decision: 'unique', input: { points: 12 }, result: 'high', rules: ['unique-3'] },
      { name: 'no error', decision: 'unique', input: { points: 12 }, isError: true },
    ],
  });
  expect(await run(['decision', 'test', file('hit-policies'), cases])).toBe(1);
  expect(out).toEqual([
    'passed: right',
    'failed: wrong\n    result "middle", not "high"\n    rules unique-2, not unique-3',
    'failed: no error\n    no error',
    '1 passed, 2 failed',
  ]);
});

it('bihuan decision test ends with 2 for a file that holds no examples', async () => {
  expect(await run(['decision', 'test', file('hit-policies'), write('cases.json', { cases: [{ decision: 'unique' }] })])).toBe(2);
});

it('bihuan decision check tells what it found, and ends with 1 only on an error', async () => {
  expect(await run(['decision', 'check', file('hit-policies')])).toBe(0);
  expect(out.join('\n')).toContain('unique-overlapping-2: warning: It matches the same as rule 1');
  expect(out.at(-1)).toMatch(/^0 errors, \d+ warnings$/);
});
