/** Forms whose lists are on a terminology server: what they offer, and what the door lets through. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '#engine/deploy.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { answer, aTerminologyServer, outcome, type TestTerminologyServer } from '#test/support/terminology-server.ts';
import { aWorld, type World } from '#test/support/world.ts';

const SMALL = 'http://x.org/colours';
const LARGE = 'http://x.org/diagnoses';
const COSTLY = 'http://x.org/everything';
const coding = (code: string, display = code) => ({ system: 's', code, display });
const DIAGNOSES = Array.from({ length: 300 }, (_, index) => coding(`d${index}`, `Diagnosis ${index}`));
const UNCHECKED = 'https://bihuan.dev/fhir/StructureDefinition/unchecked';

const choice = (linkId: string, answerValueSet: string, more: object = {}) => ({
  linkId,
  type: 'choice',
  text: linkId,
  answerValueSet,
  ...more,
});
/** `prefers`: a server that the form wishes, allowed or not. */
const formOf = (prefers: string) => ({
  resourceType: 'Questionnaire',
  status: 'active',
  title: '诊断',
  item: [
    { linkId: 'patient', type: 'string', text: '患者姓名' },
    choice('colour', SMALL),
    choice('diagnosis', `${LARGE}|2`, {
      extension: [
        { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-preferredTerminologyServer', valueUrl: prefers },
      ],
    }),
    choice('anything', COSTLY),
    choice('gone', 'http://x.org/gone'),
    choice('late', 'http://x.org/late'),
    { ...choice('hidden', 'http://x.org/hidden'), enableWhen: [{ question: 'patient', operator: '=', answerString: 'nobody' }] },
  ],
});

let world: World;
let server: TestTerminologyServer;
let foreign: TestTerminologyServer;
let formHash: string;

beforeAll(async () => {
  server = await aTerminologyServer({
    [SMALL]: [coding('red', 'Red'), coding('blue', 'Blue')],
    [LARGE]: DIAGNOSES,
    [COSTLY]: DIAGNOSES,
    'http://x.org/late': [coding('late')],
    'http://x.org/hidden': [coding('hidden')],
  });
  foreign = await aTerminologyServer({ [LARGE]: [coding('foreign')] });
  world = await aWorld({ BIHUAN_TERMINOLOGY_SERVER: server.address, BIHUAN_TERMINOLOGY_TIMEOUT_MS: '400' });
  const deployed = await deploy(world.db, {
    descriptor: {
      key: 'codes',
      name: { 'zh-CN': '诊断' },
      description: { 'zh-CN': '诊断' },
      icon: 'consult',
      numberPrefix: 'ZD',
      processId: 'p',
      startForm: 'codes',
      titleFacts: [],
    },
    bpmn: { file: 'codes.bpmn', xml: smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end') },
    dmn: [],
    forms: [{ file: 'forms/codes.json', key: 'codes', json: formOf(foreign.address) }],
  });
  if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
  formHash = (await world.call('p-wu-tong', 'serviceForm', { key: 'codes' })).form.hash;
});
afterEach(() => {
  server.trouble = null;
  server.heard.length = 0;
  foreign.heard.length = 0;
});
afterAll(async () => {
  await Promise.all([server.stop(), foreign.stop()]);
  await world.stop();
});

const lookUp = async (url: string, filter = '', form = formHash) =>
  (await world.signIn('p-wu-tong')).get(`/api/value-sets/expand?${new URLSearchParams({ form, url, filter })}`);
const makeOld = () => world.asOwner(`update value_set_page set fetched_at = fetched_at - interval '2 days'`);
/** The server that was away is asked again only after a while; a process that starts anew asks at once. */
const forgetPages = () => world.asOwner('delete from value_set_page');

describe('a list on a terminology server', () => {
  it('is given as a whole where it is short, and asked for once', async () => {
    const { status, body } = await lookUp(SMALL);
    expect([status, body]).toEqual([200, { codings: [coding('red', 'Red'), coding('blue', 'Blue')], isComplete: true }]);
    await lookUp(SMALL);
    expect(server.heard).toEqual([
      {
        operation: 'ValueSet/$expand',
        asked: { url: SMALL, count: '200', activeOnly: 'true', includeDesignations: 'true' },
      },
    ]);
  });

  it('is searched without asking again where all of it is known', async () => {
    const { body } = await lookUp(SMALL, 'bl');
    expect(body).toEqual({ codings: [coding('blue', 'Blue')], isComplete: true });
    expect(server.heard).toEqual([]);
  });

  it('is searched by the server where it is long, in the version that the form names', async () => {
    const { body } = await lookUp(`${LARGE}|2`, 'diagnosis 29');
    expect(body.codings.map(({ code }: { code: string }) => code)).toContain('d299');
    expect(server.heard.at(-1)?.asked).toMatchObject({ url: LARGE, valueSetVersion: '2', filter: 'diagnosis 29' });
  });

  it('is a page where there is more, and says so', async () => {
    const { body } = await lookUp(`${LARGE}|2`, 'diagnosis');
    expect([body.codings.length, body.isComplete]).toEqual([200, false]);
  });

  it('is empty, with more to find, where the server will not list all of it', async () => {
    server.trouble = (response) => answer(response, 422, outcome('too-costly'));
    expect((await lookUp(COSTLY)).body).toEqual({ codings: [], isComplete: false });
    server.trouble = null;
    expect((await lookUp(COSTLY, 'diagnosis 7')).body.codings.length).toBeGreaterThan(0);
  });

  it('is an error where no server knows it, and another where none can be asked', async () => {
    const { status, body } = await lookUp('http://x.org/gone');
    expect([status, body.code]).toEqual([422, 'value-set-unknown']);
    server.trouble = (response) => answer(response, 503, {});
    const away = await lookUp('http://x.org/late');
    expect([away.status, away.body.code]).toEqual([503, 'terminology-away']);
  });

  it.each<[string, NonNullable<TestTerminologyServer['trouble']>]>([
    ['answers nothing in time', () => {}],
    ['answers something else', (response) => answer(response, 200, { resourceType: 'Patient' })],
    ['answers no JSON', (response) => response.end('<html>')],
    ['breaks off', (response) => response.destroy()],
    ['answers without end', (response) => response.end(JSON.stringify({ text: 'x'.repeat(5_000_000) }))],
  ])('is an error that passes where the server %s', async (_name, trouble) => {
    server.trouble = trouble;
    expect((await lookUp('http://x.org/late')).body).toEqual({ code: 'terminology-away' });
    server.trouble = null;
  });

  it('is not fetched from where the server sends us', async () => {
    server.trouble = (response) => response.writeHead(302, { location: `${foreign.address}/ValueSet/$expand?url=${LARGE}` }).end();
    expect((await lookUp('http://x.org/late')).status).toBe(503);
    expect(foreign.heard).toEqual([]);
  });

  it('is not asked of a server that only the form wishes', () => {
    expect(foreign.heard).toEqual([]);
  });

  it('is nothing that a form does not name, nor for whoever is not signed in', async () => {
    expect((await lookUp('http://x.org/other')).status).toBe(404);
    expect((await lookUp(LARGE)).status).toBe(404);
    expect((await lookUp(SMALL, '', '0'.repeat(64))).status).toBe(404);
    const stranger = await world.caller().get(`/api/value-sets/expand?${new URLSearchParams({ form: formHash, url: SMALL })}`);
    expect(stranger.status).toBe(401);
    expect(server.heard).toEqual([]);
  });

  it('is asked for again once it is old, and used however old it is while the server is away', async () => {
    await lookUp(SMALL);
    await makeOld();
    server.trouble = (response) => answer(response, 500, {});
    expect((await lookUp(SMALL)).body.codings).toHaveLength(2);
    expect(server.heard).toHaveLength(1);
    server.trouble = null;
    await lookUp(SMALL);
    await lookUp(SMALL);
    expect(server.heard).toHaveLength(2);
  });

  it('leaves nothing of what was typed in the database', async () => {
    await lookUp(`${LARGE}|2`, 'wang xiaoming');
    const rows = await world.asOwner<{ text: string }>(`select to_jsonb(p)::text as text from value_set_page p`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => text.includes('wang'))).toEqual([]);
  });
});

describe('a submission with codes of a list on a terminology server', () => {
  const coded = (linkId: string, code: string, more: object = {}) => ({ linkId, answer: [{ valueCoding: coding(code), ...more }] });
  const named = { linkId: 'patient', answer: [{ valueString: '王小明' }] };
  async function sent(...item: readonly object[]) {
    const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item };
    const caller = await world.signIn('p-wu-tong');
    return caller.post('/api/instances', { commandId: randomUUID(), serviceKey: 'codes', formHash, response });
  }
  async function stored(instanceId: string, linkId: string): Promise<unknown> {
    const { submissions } = await world.call('p-wu-tong', 'instance', { id: instanceId });
    return submissions[0]?.response.item?.find((item) => item.linkId === linkId)?.answer?.[0];
  }

  it('is let through where the server lists them, which hears of the codes alone', async () => {
    const { status, body } = await sent(named, coded('diagnosis', 'd299'));
    expect(status).toBe(200);
    expect(await stored(body.instanceId, 'diagnosis')).toEqual({ valueCoding: coding('d299') });
    expect(server.heard).toEqual([
      { operation: 'ValueSet/$validate-code', asked: { url: LARGE, valueSetVersion: '2', system: 's', code: 'd299' } },
    ]);
  });

  it('is refused where it does not, as for any other option', async () => {
    const { status, body } = await sent(named, coded('diagnosis', 'd300'));
    expect([status, body.code]).toEqual([422, 'form-invalid']);
    expect(body.issues).toEqual([{ code: 'option-unknown', linkId: 'diagnosis', path: 'diagnosis#0', severity: 'error' }]);
  });

  it('is checked by the list where all of it is known, without asking', async () => {
    await lookUp(SMALL);
    server.heard.length = 0;
    expect((await sent(coded('colour', 'red'))).status).toBe(200);
    expect((await sent(coded('colour', 'green'))).status).toBe(422);
    expect(server.heard).toEqual([]);
  });

  it('tells the server nothing of what is not asked in the form as it is answered', async () => {
    const { status } = await sent(named, coded('hidden', 'whatever'));
    expect([status, server.heard]).toEqual([200, []]);
  });

  it('is never kept from being saved as a draft', async () => {
    const response = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: [coded('diagnosis', 'd300')] };
    const caller = await world.signIn('p-wu-tong');
    const { status } = await caller.put('/api/drafts', {
      scope: { kind: 'service', serviceKey: 'codes' },
      formHash,
      version: 0,
      response,
    });
    expect([status, server.heard]).toEqual([200, []]);
  });

  it('is let through while no server can be asked, and the answer bears the mark', async () => {
    await forgetPages();
    server.trouble = (response) => answer(response, 503, {});
    const { status, body } = await sent(coded('diagnosis', 'd301'), coded('colour', 'grey'));
    expect(status).toBe(200);
    const mark = { extension: [{ url: UNCHECKED, valueBoolean: true }] };
    expect(await stored(body.instanceId, 'diagnosis')).toEqual({ valueCoding: coding('d301'), ...mark });
    expect(await stored(body.instanceId, 'colour')).toEqual({ valueCoding: coding('grey'), ...mark });
  });

  it('does not wait again for a server that was away a moment ago', async () => {
    server.heard.length = 0;
    expect((await sent(coded('diagnosis', 'd1'))).status).toBe(200);
    expect(server.heard).toEqual([]);
  });

  it('is let through by an old list while the server is away, and refused by none', async () => {
    await lookUp(SMALL);
    await makeOld();
    server.trouble = (response) => answer(response, 503, {});
    const { body } = await sent(coded('colour', 'blue'));
    expect(await stored(body.instanceId, 'colour')).toEqual({ valueCoding: coding('blue') });
    const unknown = await sent(coded('colour', 'violet'));
    expect(await stored(unknown.body.instanceId, 'colour')).toMatchObject({ extension: [{ url: UNCHECKED }] });
  });

  it('bears no mark that a client has set', async () => {
    // Whoever looks something up finds out that the server is back.
    await lookUp(SMALL);
    const forged = { extension: [{ url: UNCHECKED, valueBoolean: true }] };
    const { body } = await sent(coded('diagnosis', 'd2', forged));
    expect(await stored(body.instanceId, 'diagnosis')).toEqual({ valueCoding: coding('d2') });
  });
});
