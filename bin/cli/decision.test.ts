import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '#bin/bihuan.ts';
import { cliInTest } from '#test/support/cli.ts';

const { out, errors, write } = cliInTest();

const FOLDER = path.join(import.meta.dirname, '../../test/conformance/decisions');
const file = (name: string): string => path.join(FOLDER, `${name}.dmn`);
const evaluate = (...args: readonly string[]) => run(['decision', 'evaluate', ...args]);
const printed = (): unknown => JSON.parse(out.join(''));

const aModel = (elements: string): string =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="x" namespace="x">${elements}</definitions>`;

function aDecision(id: string, text: string, required?: string, name = id): string {
  const requirement =
    required === undefined ? '' : `<informationRequirement><requiredDecision href="#${required}"/></informationRequirement>`;
  return `<decision id="${id}" name="${name}">${requirement}<literalExpression><text>${text}</text></literalExpression></decision>`;
}

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
      1 / 3,
    ]);
    expect(out[2]).toContain('"result":0.3333333333333333333333333333333333,');
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
    [
      'more than a type and its value',
      ['requirements', 'is adult', '{"date of birth": {"type": "xsd:date", "value": "2026-02-28", "zone": "Z"}}'],
      'INVALID_INPUT',
    ],
    ['a number out of range', ['hit-policies', 'unique', '{"points": 1e7000}'], 'INVALID_INPUT'],
    ['more digits than FEEL has', ['hit-policies', 'unique', '{"points": 0.12345678901234567890123456789012345}'], 'INVALID_INPUT'],
  ])('ends with 1 and an error, and no value, for %s', async (_, [name = '', decision = '', input = ''], code) => {
    expect(await evaluate(file(name), '--decision', decision, '--input', input, '--json')).toBe(1);
    expect(printed()).toMatchObject({ result: null, fired: [], errors: [{ code }] });
  });

  it.each([
    ['12345678901234567890', '12345678901234567891'],
    ['0.1234567890123456789', '1.1234567890123456789'],
    ['1e400', '1e+400'],
    ['{"type": "xsd:decimal", "value": "12345678901234567890"}', '12345678901234567891'],
    ['{"type": "xsd:integer", "value": 12345678901234567890}', '12345678901234567891'],
  ])('reads and writes %s without loss', async (given, sum) => {
    expect(await evaluate(write('sum.dmn', aModel(aDecision('d', 'n + 1'))), '--input', `{"n": ${given}}`, '--json')).toBe(0);
    expect(out.join('')).toBe(`{"result":${sum},"fired":[],"errors":[]}`);
  });

  it.each([
    ['xsd:dayTimeDuration', 'PT2H', 'PT4H'],
    ['xsd:yearMonthDuration', 'P1Y', 'P2Y'],
  ])('takes %s', async (type, value, twice) => {
    expect(
      await evaluate(write('d.dmn', aModel(aDecision('d', 'n * 2'))), '--input', JSON.stringify({ n: { type, value } }), '--json'),
    ).toBe(0);
    expect(printed()).toMatchObject({ result: { type: 'xsd:duration', value: twice } });
  });

  it('takes no duration of the other kind', async () => {
    const input = JSON.stringify({ n: { type: 'xsd:dayTimeDuration', value: 'P1M' } });
    expect(await evaluate(write('d.dmn', aModel(aDecision('d', 'n * 2'))), '--input', input, '--json')).toBe(1);
    expect(printed()).toMatchObject({ result: null, errors: [{ code: 'INVALID_INPUT' }] });
  });

  it('decides by what is understood, whatever is wrong elsewhere in the file', async () => {
    const half = write('half.dmn', aModel(aDecision('a', '1 +') + aDecision('b', '1 + 1')));
    expect(await evaluate(half, '--decision', 'b', '--json')).toBe(0);
    expect(printed()).toEqual({ result: 2, fired: [], errors: [] });
  });

  it.each([
    ['directly', 'a'],
    ['through what it requires', 'c'],
  ])('does not decide by what it does not understand, %s', async (_, decision) => {
    const half = write('half.dmn', aModel(aDecision('a', '1 +') + aDecision('c', 'a + 1', 'a')));
    expect(await evaluate(half, '--decision', decision, '--json')).toBe(1);
    expect(printed()).toMatchObject({ result: null, errors: [{ decisionId: 'a', code: 'feel-syntax' }] });
  });

  it('asks for the id where two decisions have one name', async () => {
    const twins = write('twins.dmn', aModel(aDecision('a', '1', undefined, 'same') + aDecision('b', '2', undefined, 'same')));
    expect(await evaluate(twins, '--decision', 'same', '--json')).toBe(2);
    expect(printed()).toMatchObject({ errors: [{ code: 'AMBIGUOUS_DECISION', message: expect.stringContaining('a, b') }] });
    out.length = 0;
    expect(await evaluate(twins, '--decision', 'b', '--json')).toBe(0);
    expect(printed()).toMatchObject({ result: 2 });
  });

  it('keeps both of two decisions with one name, with --all', async () => {
    const twins = write('twins.dmn', aModel(aDecision('a', '1', undefined, 'same') + aDecision('b', '2', undefined, 'same')));
    expect(await evaluate(twins, '--all', '--json')).toBe(0);
    expect(printed()).toMatchObject({ result: { a: 1, b: 2 } });
  });

  it('decides nothing by a file of which a part is not understood', async () => {
    const broken = write('broken.dmn', aModel(aDecision('d', '1 +')));
    expect(await evaluate(broken, '--json')).toBe(1);
    expect(printed()).toMatchObject({ result: null, errors: [{ decisionId: 'd', code: 'feel-syntax' }] });
  });

  it.each([
    ['a decision that is not there', [file('hit-policies'), '--decision', 'none'], 'UNKNOWN_DECISION'],
    ['several decisions to choose from', [file('hit-policies')], 'AMBIGUOUS_DECISION'],
    ['a file that is not there', ['none.dmn'], 'UNUSABLE'],
    ['a file that is no DMN', [path.join(import.meta.dirname, '../../package.json')], 'dmn-xml'],
    ['input that is not JSON', [file('version-1-1'), '--input', '{n: 1}'], 'INVALID_INPUT'],
    ['input that is no object', [file('version-1-1'), '--input', '[1]'], 'UNUSABLE'],
    ['a name twice in the input', [file('version-1-1'), '--input', '{"n": 60, "n": 10}'], 'INVALID_INPUT'],
    ['a name twice with one value', [file('version-1-1'), '--input', '{"a:": "\\":", "b": {"n": 60, "n": 60}}'], 'INVALID_INPUT'],
    ['an option that is not there', [file('version-1-1'), '--inputs', '{}'], 'UNUSABLE'],
    ['no file', [], 'UNUSABLE'],
  ])('ends with 2 for %s, and says so as it was asked', async (_, args, code) => {
    expect(await evaluate(...args)).toBe(2);
    expect(errors.join('')).toContain('bihuan decision:');
    expect(out).toEqual([]);
    expect(await evaluate(...args, '--json')).toBe(2);
    expect(printed()).toMatchObject({ result: null, fired: [], errors: [{ code }] });
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
