import { describe, expect, it } from 'vitest';
import { compileBpmn } from '#core/bpmn/compile.ts';
import { element, extensions, flows, xmlOf } from '#test/support/process/a-graph.ts';
import { secretNamesOf } from '../http-job.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

interface Call {
  readonly type?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

function compiled({ type = 'http', inputs = {}, outputs = {}, headers = {} }: Call) {
  const mappings = (tag: string, given: Readonly<Record<string, string>>) =>
    Object.entries(given)
      .map(([target, source]) => `<zeebe:${tag} source="${escaped(source)}" target="${target}"/>`)
      .join('');
  const task = extensions(
    `<zeebe:taskDefinition type="${type}"/>`,
    `<zeebe:ioMapping>${mappings('input', inputs)}${mappings('output', outputs)}</zeebe:ioMapping>`,
    `<zeebe:taskHeaders>${Object.entries(headers)
      .map(([key, value]) => `<zeebe:header key="${key}" value="${escaped(value)}"/>`)
      .join('')}</zeebe:taskHeaders>`,
  );
  const xml = xmlOf(
    element('startEvent', 'start'),
    element('serviceTask', 'call', {}, task),
    element('endEvent', 'end'),
    flows('start call', 'call end'),
  );
  return compileBpmn({ key: 'test', xml });
}

const rulesOf = async (call: Call) => (await compiled(call)).findings.map(({ rule, elementId }) => `${rule} ${elementId}`);
const GOOD = { url: 'https://lab.example/orders', method: 'POST' };

describe('an HTTP job', () => {
  it.each(['http', 'io.camunda:http-json:1'])('of type %s that is complete is clean', async (type) => {
    expect(await rulesOf({ type, inputs: GOOD, headers: { resultExpression: '={id: response.body.id}', retryBackoff: 'PT5S' } })).toEqual(
      [],
    );
  });

  const FAULTS: readonly [name: string, call: Call, rule: string][] = [
    ['without an address', { inputs: { method: 'GET' } }, 'http-url'],
    ['with an address that is none', { inputs: { url: 'lab.example/orders' } }, 'http-url'],
    ['with a password in its address', { inputs: { url: 'https://u:p@lab.example' } }, 'http-url'],
    ['with an unknown method', { inputs: { ...GOOD, method: 'FETCH' } }, 'http-method'],
    ['with a result expression that is not FEEL', { inputs: GOOD, headers: { resultExpression: '={id: ' } }, 'feel-syntax'],
    ['with an error expression that is not FEEL', { inputs: GOOD, headers: { errorExpression: 'if then' } }, 'feel-syntax'],
    ['with a result variable that is no name', { inputs: GOOD, headers: { resultVariable: '1 x' } }, 'http-result'],
    ['with a back-off that is no duration', { inputs: GOOD, headers: { retryBackoff: '5 seconds' } }, 'job-backoff'],
    ['with a secret in its output mapping', { inputs: GOOD, outputs: { x: '="{{secrets.KEY}}"' } }, 'http-secret'],
    ['with a password in clear', { inputs: { ...GOOD, 'authentication.password': 'hunter2' } }, 'http-secret'],
  ];

  it.each(FAULTS)('%s is named, with the mend', async (_name, call, rule) => {
    const { findings } = await compiled(call);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    expect(findings[0]).toMatchObject({ elementId: 'call', message: expect.stringMatching(/\.$/), messageZh: expect.stringMatching(/\S/) });
  });

  it('whose address is computed is not judged beforehand', async () => {
    expect(await rulesOf({ inputs: { url: '=base + "/orders"' } })).toEqual([]);
  });

  it('leaves jobs of other types alone', async () => {
    expect(await rulesOf({ type: 'lab', headers: { resultExpression: '={' } })).toEqual([]);
  });

  it('may use the secrets that the diagram writes, each in its own input', async () => {
    const { graph } = await compiled({
      inputs: {
        url: 'https://lab.example/{{secrets.PATH}}',
        'authentication.type': 'bearer',
        'authentication.token': '{{secrets.TOKEN}}',
        body: '=note',
      },
    });
    expect(secretNamesOf(graph?.elements.call)).toEqual({ url: ['PATH'], authentication: ['TOKEN'] });
  });
});
