import { describe, expect, it } from 'vitest';
import { compileDmn } from './compile.ts';

const definitions = (body: string) =>
  `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:bihuan="https://bihuan.dev/dmn" id="x" name="x" namespace="x">${body}</definitions>`;

const found = async (body: string) =>
  (await compileDmn(definitions(body))).findings.map(({ rule, elementId, severity }) => `${severity} ${rule} ${elementId}`);

const input = (name: string, type = 'number') =>
  `<inputData id="in-${name}" name="${name}"><variable name="${name}" typeRef="${type}"/></inputData>`;
const requiring = (...names: readonly string[]) =>
  names.map((name) => `<informationRequirement><requiredInput href="#in-${name}"/></informationRequirement>`).join('');
const text = (source: string) => `<text><![CDATA[${source}]]></text>`;
const literal = (id: string, source: string, requirements = '') =>
  `<decision id="${id}" name="${id}">${requirements}<literalExpression>${text(source)}</literalExpression></decision>`;

interface TableText {
  readonly policy?: string;
  readonly expressions?: readonly string[];
  readonly type?: string;
  readonly allowed?: string;
  readonly output?: string;
  readonly rules: readonly (readonly string[])[];
}

function table({
  policy = 'UNIQUE',
  expressions = ['n'],
  type = 'number',
  allowed,
  output = '<output name="o"/>',
  rules,
}: TableText): string {
  const values = allowed === undefined ? '' : `<inputValues>${text(allowed)}</inputValues>`;
  const inputs = expressions.map(
    (source) => `<input><inputExpression typeRef="${type}">${text(source)}</inputExpression>${values}</input>`,
  );
  const rows = rules.map((cells, index) => {
    const entries = cells.map((cell, column) =>
      column < expressions.length ? `<inputEntry>${text(cell)}</inputEntry>` : `<outputEntry>${text(cell)}</outputEntry>`,
    );
    return `<rule id="r${index + 1}">${entries.join('')}</rule>`;
  });
  return `<decision id="d" name="d"><decisionTable hitPolicy="${policy}">${inputs.join('')}${output}${rows.join('')}</decisionTable></decision>`;
}

describe('of the rules of a table the checker finds', () => {
  it.each<[string, TableText, readonly string[]]>([
    [
      'nothing where each value has one rule',
      {
        rules: [
          ['< 10', '1'],
          ['[10..20)', '2'],
          ['>= 20', '3'],
        ],
      },
      [],
    ],
    [
      'ranges that overlap',
      {
        rules: [
          ['<= 10', '1'],
          ['[10..20)', '2'],
          ['>= 20', '3'],
        ],
      },
      ['warning decision-overlap r2'],
    ],
    [
      'a gap between ranges',
      {
        rules: [
          ['< 10', '1'],
          ['> 10', '2'],
        ],
      },
      ['warning decision-gap d'],
    ],
    ['a gap at an open end', { rules: [['[0..10]', '1']] }, ['warning decision-gap d']],
    [
      'no gap where there is a default',
      { output: '<output name="o"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>', rules: [['[0..10]', '1']] },
      [],
    ],
    ['no gap of what is collected', { policy: 'COLLECT', rules: [['[0..10]', '1']] }, []],
    [
      'a rule behind one that takes everything',
      {
        policy: 'FIRST',
        rules: [
          ['-', '1'],
          ['> 10', '2'],
        ],
      },
      ['warning decision-unreachable r2'],
    ],
    [
      'a rule behind two that take all of it together',
      {
        policy: 'FIRST',
        rules: [
          ['< 5', '1'],
          ['>= 5', '2'],
          ['[4..6]', '3'],
        ],
      },
      ['warning decision-unreachable r3'],
    ],
    [
      'a rule that can never match',
      {
        policy: 'FIRST',
        rules: [
          ['[20..10]', '1'],
          ['-', '2'],
        ],
      },
      ['warning decision-unreachable r1'],
    ],
    [
      'a gap in what is allowed',
      {
        type: 'string',
        allowed: '"a","b","c"',
        rules: [
          ['"a"', '1'],
          ['"b"', '2'],
        ],
      },
      ['warning decision-gap d'],
    ],
    [
      'no gap where all that is allowed has a rule',
      {
        type: 'string',
        allowed: '"a","b"',
        rules: [
          ['"a"', '1'],
          ['not("a")', '2'],
        ],
      },
      [],
    ],
    ['a gap of truths', { type: 'boolean', rules: [['true', '1']] }, ['warning decision-gap d']],
    [
      'two columns that overlap in both only',
      {
        expressions: ['n', 'm'],
        rules: [
          ['< 5', '-', '1'],
          ['>= 5', '< 3', '2'],
          ['>= 5', '>= 3', '3'],
        ],
      },
      [],
    ],
    [
      'a gap of two columns',
      {
        expressions: ['n', 'm'],
        rules: [
          ['< 5', '-', '1'],
          ['>= 5', '< 3', '2'],
        ],
      },
      ['warning decision-gap d'],
    ],
    [
      'ANY rules that say otherwise',
      {
        policy: 'ANY',
        rules: [
          ['-', '1'],
          ['> 5', '2'],
        ],
      },
      ['warning decision-overlap r2'],
    ],
    [
      'nothing of ANY rules that agree',
      {
        policy: 'ANY',
        rules: [
          ['-', '1'],
          ['> 5', '1'],
        ],
      },
      [],
    ],
    [
      'nothing of what it cannot tell',
      {
        rules: [
          ['? > m', '1'],
          ['? <= m', '2'],
        ],
      },
      [],
    ],
    [
      'dates like numbers',
      {
        type: 'date',
        rules: [
          ['< date("2026-01-01")', '1'],
          ['> date("2026-01-01")', '2'],
        ],
      },
      ['warning decision-gap d'],
    ],
  ])('%s', async (_, given, expected) => {
    expect(await found(table(given))).toEqual(expected);
  });
});

describe('the checker finds', () => {
  it.each([
    [
      'a cell of another type than its column',
      table({
        rules: [
          ['"ten"', '1'],
          ['-', '2'],
        ],
      }),
      'error decision-type-mismatch r1',
    ],
    [
      'a result of another type',
      table({ output: '<output name="o" typeRef="string"/>', rules: [['-', '1']] }),
      'error decision-type-mismatch r1',
    ],
    ['a cell that is not allowed', table({ type: 'string', allowed: '"a"', rules: [['"b"', '1']] }), 'warning decision-value r1'],
    [
      'a result that is not listed',
      table({ output: '<output name="o"><outputValues><text>1, 2</text></outputValues></output>', rules: [['-', '3']] }),
      'warning decision-value r1',
    ],
    ['an unknown name', input('n') + literal('d', 'n + m', requiring('n')), 'warning decision-name d'],
    ['an input that is not required', input('n') + literal('d', 'n + 1'), 'warning decision-requirement d'],
    ['a decision that is not required', literal('a', '1') + literal('d', 'a + 1'), 'error decision-requirement d'],
    [
      'an unknown type',
      `<inputData id="in-n" name="n"><variable name="n" typeRef="tNone"/></inputData><decision id="d" name="d"><variable name="d" typeRef="tNone"/>${requiring('n')}<literalExpression><text>n</text></literalExpression></decision>`,
      'error decision-type d',
    ],
    [
      'a knowledge model that reads what is around it',
      '<businessKnowledgeModel id="b" name="b"><encapsulatedLogic><formalParameter name="x"/><literalExpression><text>x + y</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>',
      'error decision-name b',
    ],
    [
      'an import that is not there',
      '<import name="i" namespace="other" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
      'error decision-import i',
    ],
    [
      'a relation with a missing cell',
      '<decision id="d" name="d"><relation id="t"><column name="a"/><column name="b"/><row><literalExpression><text>1</text></literalExpression></row></relation></decision>',
      'error decision-cells t',
    ],
  ])('%s', async (_, body, expected) => {
    expect(await found(body)).toContain(expected);
  });

  it('nothing in names that a loop, a filter, a context or a function brings', async () => {
    const source =
      '{a: n, b: for i in 1..a return i, c: b[item > 1], d: (function(x) x + n)(1), e: some y in b satisfies y = n, f: [{q: 1}][q = 1]}';
    expect(await found(input('n') + literal('d', source, requiring('n')))).toEqual([]);
  });

  it('no unknown names in a model without inputs, which reads the variables of its process', async () => {
    expect(await found(literal('d', 'urgency'))).toEqual([]);
  });
});

describe('doses', () => {
  const TYPE =
    '<itemDefinition name="tDose" bihuan:dose="true"><typeRef>string</typeRef></itemDefinition><itemDefinition name="tOrder"><itemComponent name="single"><typeRef>tDose</typeRef></itemComponent></itemDefinition><itemDefinition name="tDoses" isCollection="true"><typeRef>tDose</typeRef></itemDefinition>';
  const model = TYPE + input('dose', 'tDose') + input('order', 'tOrder') + input('doses', 'tDoses') + input('n');

  it.each([
    'dose * 2',
    'dose + "1"',
    '1 - order.single',
    'dose > "10"',
    'dose = "5.0"',
    'dose between "1" and "2"',
    'number(dose)',
    'sum([dose])',
    'max(dose, "1")',
    'if n > 1 then 2 * order.single else 1',
    '{a: dose, b: dose per weight(dose, "2") * 2}.b',
    '(for i in [1] return dose * i)',
    'for x in doses return number(x)',
    'some x in doses satisfies x > "5"',
    'doses[item > "5"]',
    'doses[1] * 2',
    'dose in ["1".."5"]',
    'dose in (> "3")',
    '{a: dose, b: a * 2}.b',
    '[dose][1] * 2',
    'append(doses, "1")[1] > "2"',
    'get value(order, "single") * 2',
    '[order][single > "5"]',
    'number(string(dose))',
    'sum(number(substring(dose, 1)), 2)',
  ])('are never computed by FEEL: %s', async (source) => {
    expect(await found(model + literal('d', source, requiring('dose', 'order', 'doses', 'n')))).toContain('error dose-arithmetic d');
  });

  it.each([
    'dose per weight(dose, "12.5")',
    'dose exceeds(order.single, dose)',
    'string length(dose) > 3',
    'n * 2',
    'dose sum(dose, order.single)',
    '"give " + string(dose)',
    'for dose in [1] return dose * 2',
    '(function(dose) dose * 2)(n)',
    'for x in doses return dose times(x, "2")',
    'count(doses[dose exceeds(item, "5")])',
  ])('may be asked so: %s', async (source) => {
    expect(await found(model + literal('d', source, requiring('dose', 'order', 'doses', 'n')))).toEqual([]);
  });

  it('are not compared by the cells of a table', async () => {
    const body = table({
      expressions: ['dose'],
      type: 'string',
      policy: 'FIRST',
      rules: [
        ['> "10"', '1'],
        ['-', '2'],
      ],
    });
    const withInput = body.replace('<decisionTable', `${requiring('dose')}<decisionTable`);
    expect(await found(model + withInput)).toContain('error dose-arithmetic d-input-1');
  });
});

it.each(['integer', 'long', 'double'])('%s, which Camunda 7 writes, is taken for number, with a warning', async (type) => {
  const body = table({ type, rules: [['"a"', '1'], ['< 1', '2']] }); // biome-ignore format: one rule a pair
  expect(await found(body)).toEqual(expect.arrayContaining([`warning decision-type d`, 'error decision-type-mismatch r1']));
  expect(await found(`<itemDefinition name="${type}"><typeRef>string</typeRef></itemDefinition>${body}`)).not.toContain(
    'warning decision-type d',
  );
});

it('a table is judged within bounds, however many rules it has', async () => {
  const rules = Array.from({ length: 1_000 }, (_, at) => [`< ${at}`, `> ${at - 5}`, String(at)]);
  const began = performance.now();
  await found(table({ policy: 'FIRST', expressions: ['a', 'b'], rules }));
  expect(performance.now() - began).toBeLessThan(20_000);
}, 60_000);
