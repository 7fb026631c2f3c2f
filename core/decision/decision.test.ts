import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#core/json.ts';
import { compileDmn } from './compile.ts';
import { evaluateDecision, evaluateValues } from './evaluate.ts';
import { splitTests } from './split-tests.ts';

const MOMENT = { at: '2026-03-01T20:00:00.000Z', zone: 'Asia/Shanghai' };

interface TableText {
  readonly policy?: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly rules: readonly (readonly string[])[];
}

function tableXml({ policy = 'hitPolicy="UNIQUE"', inputs = ['urgency'], outputs = ['name="team"'], rules }: TableText): string {
  const text = (value: string) => `<text><![CDATA[${value}]]></text>`;
  const input = inputs.map((expression, i) => `<input id="i${i}"><inputExpression>${text(expression)}</inputExpression></input>`).join('');
  const output = outputs.map((output) => (output.startsWith('<') ? output : `<output ${output}/>`)).join('');
  const rule = rules
    .map((cells, i) => {
      const entries = cells.map((cell, c) => {
        const tag = c < inputs.length ? 'inputEntry' : 'outputEntry';
        return `<${tag}>${text(cell)}</${tag}>`;
      });
      return `<rule id="r${i + 1}">${entries.join('')}</rule>`;
    })
    .join('');
  return `<decision id="d" name="分派"><decisionTable ${policy}>${input}${output}${rule}</decisionTable></decision>`;
}

const definitions = (body: string, version = '20191111') =>
  `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/${version}/MODEL/" id="x" name="x" namespace="x">${body}</definitions>`;

async function evaluateXml(body: string, context: JsonObject, id = 'd') {
  const { decisions, findings } = await compileDmn(definitions(body));
  expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  return evaluateDecision(decisions, id, context, MOMENT);
}

const rulesOf = async (body: string) => (await compileDmn(definitions(body))).findings.map((finding) => finding.rule);
const ranked = '<output name="team"><outputValues><text>"gold","silver","bronze"</text></outputValues></output>';
const withDefault = '<output name="team"><defaultOutputEntry><text>"general"</text></defaultOutputEntry></output>';

describe('a decision table', () => {
  it('gives the output of the one rule that matches', async () => {
    const xml = tableXml({ rules: [['"urgent"', '"A"'], ['"routine"', '"B"']] }); // biome-ignore format: one rule a pair
    expect(await evaluateXml(xml, { urgency: 'routine' })).toMatchObject({ ok: true, result: 'B', matchedRuleIds: ['r2'] });
  });

  it('refuses to guess when two rules of a UNIQUE table match', async () => {
    const result = await evaluateXml(tableXml({ rules: [['-', '"A"'], ['"x"', '"B"']] }), { urgency: 'x' }); // biome-ignore format: one rule a pair
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('r1, r2') });
  });

  it.each([
    ['hitPolicy="FIRST"', 'silver', ['r1']],
    ['hitPolicy="PRIORITY"', 'gold', ['r2']],
    ['hitPolicy="RULE ORDER"', ['silver', 'gold', 'bronze'], ['r1', 'r2', 'r3']],
    ['hitPolicy="OUTPUT ORDER"', ['gold', 'silver', 'bronze'], ['r2', 'r1', 'r3']],
    ['hitPolicy="COLLECT"', ['silver', 'gold', 'bronze'], ['r1', 'r2', 'r3']],
  ])('answers by %s', async (policy, result, matchedRuleIds) => {
    const rules = [['-', '"silver"'], ['-', '"gold"'], ['-', '"bronze"']]; // biome-ignore format: one rule a pair
    expect(await evaluateXml(tableXml({ policy, outputs: [ranked], rules }), {})).toMatchObject({ ok: true, result, matchedRuleIds });
  });

  it.each(['UNIQUE', 'PRIORITY', 'OUTPUT ORDER', 'COLLECT'])('gives no value that its outputs do not declare, under %s', async (policy) => {
    const xml = tableXml({ policy: `hitPolicy="${policy}"`, outputs: [ranked], rules: [['-', 'given']] });
    expect(await evaluateXml(xml, { given: 'tin' })).toMatchObject({ ok: false, message: expect.stringContaining('rule r1 gives "team"') });
    expect(await evaluateXml(xml, { given: 'gold' })).toMatchObject({ ok: true });
    expect(await evaluateXml(xml, { given: null })).toMatchObject({ ok: true });
    expect(await evaluateXml(xml, { given: ['gold', 'silver'] })).toMatchObject({ ok: true });
  });

  it('accepts several matches under ANY only when they agree', async () => {
    const policy = 'hitPolicy="ANY"';
    expect(await evaluateXml(tableXml({ policy, rules: [['-', '1'], ['-', '1']] }), {})).toMatchObject({ ok: true, result: 1 }); // biome-ignore format: one rule a pair
    expect(await evaluateXml(tableXml({ policy, rules: [['-', '1'], ['-', '2']] }), {})).toMatchObject({ ok: false }); // biome-ignore format: one rule a pair
  });

  it.each([
    ['SUM', 9],
    ['MIN', 2],
    ['MAX', 4],
    ['COUNT', 3],
  ])('aggregates what it collects by %s', async (aggregation, result) => {
    const policy = `hitPolicy="COLLECT" aggregation="${aggregation}"`;
    const rules = [['-', '2'], ['-', '3'], ['-', '4'], ['"never"', '5']]; // biome-ignore format: one rule a pair
    expect(await evaluateXml(tableXml({ policy, rules }), { urgency: 'x' })).toMatchObject({ ok: true, result });
  });

  it('gives null, an empty list, zero or its default when no rule matches', async () => {
    const rules = [['"never"', '1']];
    expect(await evaluateXml(tableXml({ rules }), {})).toMatchObject({ ok: true, result: null, matchedRuleIds: [] });
    expect(await evaluateXml(tableXml({ rules, policy: 'hitPolicy="COLLECT"' }), {})).toMatchObject({ result: [] });
    expect(await evaluateXml(tableXml({ rules, policy: 'hitPolicy="COLLECT" aggregation="COUNT"' }), {})).toMatchObject({ result: 0 });
    expect(await evaluateXml(tableXml({ rules, outputs: [withDefault] }), {})).toMatchObject({ result: 'general' });
  });

  it('gives a context when it has several outputs', async () => {
    const xml = tableXml({ outputs: ['name="team"', 'name="hours"'], rules: [['> 3', '"A"', 'urgency * 2']] });
    expect(await evaluateXml(xml, { urgency: 4 })).toMatchObject({ result: { team: 'A', hours: 8 } });
  });

  it('tests ranges, lists, negation and other variables', async () => {
    const xml = tableXml({
      inputs: ['age', 'tier', 'score'],
      rules: [['[14..60)', '"city","county"', '>= threshold', '"yes"'], ['< 14', 'not("city")', '-', '"no"']], // biome-ignore format: one rule a row
    });
    expect(await evaluateXml(xml, { age: 14, tier: 'county', score: 5, threshold: 5 })).toMatchObject({ result: 'yes' });
    expect(await evaluateXml(xml, { age: 3, tier: 'county', score: 0, threshold: 5 })).toMatchObject({ result: 'no' });
    expect(await evaluateXml(xml, { age: 60, tier: 'county', score: 9, threshold: 5 })).toMatchObject({ result: null });
  });

  it.each<[string, string, unknown, string]>([
    ['number', '12', '12', 'string'],
    ['string', '"12"', 12, 'number'],
    ['date', 'date("2026-03-01")', '2026-03-01', 'string'],
    ['boolean', 'true', 'true', 'string'],
  ])('says so where a column of type %s is given another, and decides nothing by it', async (type, cell, given, kind) => {
    const xml = tableXml({
      inputs: ['x'],
      rules: [
        [cell, '"the cell"'],
        ['not(null)', '"any"'],
      ],
      policy: 'hitPolicy="FIRST"',
    }).replace('<inputExpression>', `<inputExpression typeRef="${type}">`);
    const { decisions } = await compileDmn(definitions(xml));
    const { values, problems } = evaluateValues(decisions, ['d'], { x: given as string | number }, MOMENT);
    expect(values.get('d')).toBeNull();
    expect(problems).toMatchObject([{ code: 'UNDECIDED', message: `d: the column "x" does not take this ${kind}.` }]);
  });

  it('gives no default of another type, or that is not declared', async () => {
    const output = (values: string, fallback: string) =>
      `<output name="o" typeRef="number">${values}<defaultOutputEntry><text>${fallback}</text></defaultOutputEntry></output>`;
    const problemsOf = async (column: string) => {
      const { decisions } = await compileDmn(definitions(tableXml({ outputs: [column], rules: [['"never"', '1']] })));
      const { values, problems } = evaluateValues(decisions, ['d'], { urgency: 'x' }, MOMENT);
      return [values.get('d'), ...problems.map(({ code }) => code)];
    };
    expect(await problemsOf(output('', '2'))).toEqual([2]);
    expect(await problemsOf(output('', '"none"'))).toEqual([null, 'INVALID_TYPE']);
    expect(await problemsOf(output('<outputValues><text>1, 2</text></outputValues>', '3'))).toEqual([null, 'UNDECIDED']);
  });

  it('compares dates as dates', async () => {
    const xml = tableXml({ inputs: ['date(born)'], rules: [['> date("2012-03-02")', '"child"']] });
    expect(await evaluateXml(xml, { born: '2012-03-10' })).toMatchObject({ result: 'child' });
    const adult = tableXml({ inputs: ['date(born)'], rules: [['<= today() - duration("P14Y")', '"adult"']] });
    expect(await evaluateXml(adult, { born: '2012-03-02' })).toMatchObject({ result: 'adult' });
    expect(await evaluateXml(adult, { born: '2012-03-03' })).toMatchObject({ result: null });
    const year = tableXml({ inputs: ['date(born)'], rules: [['[date("2012-01-01")..date("2012-12-31")]', '"2012"']] });
    expect(await evaluateXml(year, { born: '2012-03-03' })).toMatchObject({ result: '2012' });
  });

  it('compares with wide ranges', async () => {
    const xml = tableXml({ inputs: ['fee'], rules: [['[200000..9000000]', '"large"']] });
    expect(await evaluateXml(xml, { fee: 300_000 })).toMatchObject({ result: 'large' });
  });
});

describe('a decision', () => {
  const literal = (id: string, text: string, requires = '') =>
    `<decision id="${id}" name="${id} result">${requires}<literalExpression><text>${text}</text></literalExpression></decision>`;
  const requiring = (id: string) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`;

  it('sees the results of the decisions it requires by id and by name', async () => {
    const xml = literal('base', '20 + 1') + literal('d', '[base * 2, base result]', requiring('base'));
    expect(await evaluateXml(xml, {})).toMatchObject({ result: [42, 21] });
  });

  it('reads the clock and the zone it was given, not those of the machine', async () => {
    expect(await evaluateXml(literal('d', 'today()'), {})).toMatchObject({ result: '2026-03-02' });
    expect(await evaluateXml(literal('d', 'now().hour'), {})).toMatchObject({ result: 4 });
  });

  it('tells no rule that a filter only tried', async () => {
    const table = tableXml({ inputs: ['n'], rules: [['null', 'false'], ['< 3', 'false'], ['>= 3', 'true']] }) // biome-ignore format: one rule a pair
      .replace(/^<decision[^>]*>|<\/decision>$/g, '');
    const model = `<businessKnowledgeModel id="ok" name="ok"><encapsulatedLogic><formalParameter name="n"/>${table}</encapsulatedLogic></businessKnowledgeModel>`;
    const asked = literal('d', '[1, 5][ok(item)]', '<knowledgeRequirement><requiredKnowledge href="#ok"/></knowledgeRequirement>');
    const { decisions } = await compileDmn(definitions(model + asked));
    const { values, fired, problems } = evaluateValues(decisions, ['d'], {}, MOMENT);
    expect(values.get('d')).toEqual([5]);
    expect(fired.map(({ ruleId }) => ruleId)).toEqual(['r2', 'r3']);
    expect(problems).toEqual([]);
  });

  it.each([
    ['for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])', 'goes through more than 10000000 items'],
    ['for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]]', 'goes through more than 10000000 items'],
    ['for i in 1..40 return if i = 1 then "ab" else partial[-1] + partial[-1]', 'grows too large'],
    ['{big: for i in 1..40000 return i, r: for i in big return list contains(big, -1)}.r', 'goes through more than 10000000 items'],
    ['{big: for i in 1..40000 return {a: i}, r: for i in 1..40000 return big.a}.r', 'goes through more than 10000000 items'],
    ['for i in 1..1000000000 return i', 'iterates more than 100000 times'],
    ['{f: function(n) f(n + 1), r: f(1)}.r', 'nests or recurs too deeply'],
  ])('that would not end is stopped: %s', async (source, why) => {
    expect(await evaluateXml(literal('d', source), {})).toEqual({ ok: false, message: `d: it ${why}.` });
  });

  it('sorts by nothing but truths', async () => {
    const { decisions } = await compileDmn(definitions(literal('d', 'sort([3, 1], function(a, b) 5)')));
    const { values, problems } = evaluateValues(decisions, ['d'], {}, MOMENT);
    expect([values.get('d'), ...problems.map(({ code }) => code)]).toEqual([null, 'FUNCTION_INVOCATION_FAILURE']);
  });

  it('is checked once, however many ways lead to it', async () => {
    const layer = (at: number) =>
      ['a', 'b']
        .map((side) =>
          literal(
            `${side}${at}`,
            at === 0 ? '1' : `a${at - 1} + b${at - 1}`,
            at === 0 ? '' : requiring(`a${at - 1}`) + requiring(`b${at - 1}`),
          ),
        )
        .join('');
    const layers = Array.from({ length: 40 }, (_, at) => layer(at)).join('');
    expect(await evaluateXml(layers, {}, 'a39')).toMatchObject({ ok: true, result: 2 ** 39 });
  });

  it('reads types by the names that DMN 1.1 qualified', async () => {
    const xml = definitions(
      '<itemDefinition name="tAge"><typeRef>feel:number</typeRef></itemDefinition><inputData id="n" name="n"><variable name="n" typeRef="kie:tAge"/></inputData>' +
        literal('d', 'n', '<informationRequirement><requiredInput href="#n"/></informationRequirement>'),
    ).replace('<definitions ', '<definitions xmlns:kie="x" ');
    const { decisions, findings } = await compileDmn(xml);
    expect(findings).toEqual([]);
    expect(evaluateValues(decisions, ['d'], { n: 1 }, MOMENT)).toMatchObject({ problems: [] });
    expect(evaluateValues(decisions, ['d'], { n: '1' }, MOMENT)).toMatchObject({ problems: [{ code: 'INVALID_TYPE' }] });
  });

  it('imports no model by guess where several have its namespace', async () => {
    const model = (namespace: string, body: string) => definitions(body).replace('namespace="x"', `namespace="${namespace}"`);
    const importing = (place: string) =>
      model('main', `<import name="lib" namespace="lib" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"${place}/>`).replace(
        '</definitions>',
        `${literal('d', 'lib.v result + 1', requiring('v').replace('#v', 'lib#v'))}</definitions>`,
      );
    const beside = ['old', 'new'].map((file, at) => ({ file: `${file}.dmn`, xml: model('lib', literal('v', String(at * 100))) }));
    const given = async (place: string, files = beside) => {
      const { decisions, findings } = await compileDmn(importing(place), files);
      return findings.length > 0 ? findings.map(({ rule }) => rule) : evaluateValues(decisions, ['d'], {}, MOMENT).values.get('d');
    };
    expect(await given('', beside.slice(1))).toBe(101);
    expect(await given(' locationURI="./lib/new.dmn"')).toBe(101);
    expect(await given(' locationURI="old.dmn"')).toBe(1);
    expect(await given('')).toContain('decision-import');
  });

  it('that is unknown is a failure with its id', () => {
    expect(evaluateDecision({}, 'gone', {}, MOMENT)).toEqual({ ok: false, message: 'There is no decision "gone".' });
  });

  it('fails where knowledge models call each other in a circle, and says so', async () => {
    const model = (id: string, other: string) =>
      `<businessKnowledgeModel id="${id}" name="${id}"><encapsulatedLogic><formalParameter name="n"/><literalExpression><text>${other}(n - 1)</text></literalExpression></encapsulatedLogic><knowledgeRequirement><requiredKnowledge href="#${other}"/></knowledgeRequirement></businessKnowledgeModel>`;
    const circle = model('even', 'odd') + model('odd', 'even');
    const asked = literal('d', 'even(4)', '<knowledgeRequirement><requiredKnowledge href="#even"/></knowledgeRequirement>');
    const { decisions, findings } = await compileDmn(definitions(circle + asked));
    expect(findings).toMatchObject([
      { elementId: 'even', rule: 'decision-cycle', severity: 'error', message: expect.stringContaining('even → odd → even') },
      { elementId: 'odd', rule: 'decision-cycle', severity: 'error' },
    ]);
    const { problems } = evaluateValues(decisions, ['d'], {}, MOMENT);
    expect(problems).toMatchObject([{ message: 'The knowledge models even → odd → even call each other in a circle.' }]);
  });

  it('is read from DMN 1.5 as from 1.3', async () => {
    const { decisions, findings } = await compileDmn(definitions(literal('d', '1'), '20230324'));
    expect(findings).toEqual([]);
    expect(Object.keys(decisions)).toEqual(['d']);
  });
});

describe('the checker of decisions names', () => {
  it.each([
    ['a cell that is not FEEL', tableXml({ rules: [['> 3 +', '1']] }), 'feel-syntax'],
    ['a rule with a missing cell', tableXml({ rules: [['1']] }), 'decision-cells'],
    ['outputs without names', tableXml({ outputs: ['', ''], rules: [['1', '1', '1']] }), 'decision-output'],
    ['priority without an order', tableXml({ policy: 'hitPolicy="PRIORITY"', rules: [['1', '1']] }), 'decision-priority'],
    [
      'an aggregation that is none',
      tableXml({ policy: 'hitPolicy="COLLECT" aggregation="AVG"', rules: [['1', '1']] }),
      'decision-aggregation',
    ],
    ['an item of a type that is none', '<itemDefinition id="t" name="t"><typeRef>tNone</typeRef></itemDefinition>', 'decision-type'],
    [
      'a member of a type that is none',
      '<itemDefinition name="t"><itemComponent name="m"><typeRef>tNone</typeRef></itemComponent></itemDefinition>',
      'decision-type',
    ],
    [
      'an input of a type that is none',
      '<inputData id="n" name="n"><variable name="n" typeRef="tNone"/></inputData><decision id="d"><informationRequirement><requiredInput href="#n"/></informationRequirement><literalExpression><text>n</text></literalExpression></decision>',
      'decision-type',
    ],
    ['a table without a rule', tableXml({ rules: [] }), 'decision-rules'],
    [
      'another language',
      '<decision id="d"><literalExpression expressionLanguage="juel"><text>1</text></literalExpression></decision>',
      'decision-language',
    ],
    ['a function of another language', '<decision id="d"><functionDefinition kind="Java"/></decision>', 'decision-unsupported'],
    ['a knowledge model without a function', '<businessKnowledgeModel id="b" name="b"/>', 'decision-empty'],
    ['an empty decision', '<decision id="d" name="d"/>', 'decision-empty'],
    [
      'a missing requirement',
      '<decision id="d"><informationRequirement><requiredDecision href="#e"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>',
      'decision-requirement',
    ],
    [
      'a cycle',
      '<decision id="d"><informationRequirement><requiredDecision href="#d"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>',
      'decision-cycle',
    ],
  ])('%s', async (_what, body, rule) => {
    expect(await rulesOf(body)).toContain(rule);
  });

  it('another language that the whole model says', async () => {
    const xml = definitions('<decision id="d"><literalExpression><text>1</text></literalExpression></decision>');
    const { findings } = await compileDmn(
      xml.replace('<definitions ', '<definitions expressionLanguage="http://www.ecma-international.org/ecma-262" '),
    );
    expect(findings).toMatchObject([{ rule: 'decision-language', severity: 'error' }]);
  });

  it('a character that has no such name in XML', async () => {
    expect(await rulesOf('<decision id="d"><literalExpression><text>"a&nbsp;b"</text></literalExpression></decision>')).toEqual([
      'dmn-xml',
    ]);
    const text = '<text>"&#x4e2d;&amp;&lt;&apos;" + <![CDATA["&nbsp;"]]></text><!-- &nbsp; -->';
    expect(await rulesOf(`<decision id="d"><literalExpression>${text}</literalExpression></decision>`)).toEqual([]);
  });

  it('logic that nests too deeply, without throwing', async () => {
    const deep = `${'<list>'.repeat(5_000)}<literalExpression><text>1</text></literalExpression>${'</list>'.repeat(5_000)}`;
    const { findings } = await compileDmn(definitions(`<decision id="d" name="d">${deep}</decision>`));
    expect(findings).toMatchObject([{ rule: 'dmn-xml', severity: 'error' }]);
  });

  it('a file that is not DMN, without throwing', async () => {
    expect((await compileDmn('<html/>')).findings).toMatchObject([{ rule: 'dmn-xml', severity: 'error' }]);
    expect((await compileDmn('nonsense')).findings).toMatchObject([{ rule: 'dmn-xml', severity: 'error' }]);
  });
});

it('a list of tests is split at its own commas only', () => {
  expect(splitTests('"a,b", [1..2], f(x, y) ,, {a: 1, b: 2}')).toEqual(['"a,b"', '[1..2]', 'f(x, y)', '{a: 1, b: 2}']);
});
