import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#core/json.ts';
import { allowedHosts } from '#engine/allowed-hosts.ts';
import { BpmnError, type Job, JobError } from '../jobs.ts';
import { type HttpJobOptions, httpJob } from './http-job.ts';
import { secretsFrom } from './secrets.ts';

const SECRET = 'geheim-7f3a"é';

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const heard: Heard[] = [];
let answer: (request: Heard, response: ServerResponse) => void = (_request, response) => response.end();
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += String(part);
  const { method = '', url = '', headers } = request;
  const whole = { method, url, headers, body };
  heard.push(whole);
  answer(whole, response);
});
let base: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  heard.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}) => {
  answer = (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};

interface Calling extends Partial<HttpJobOptions> {
  readonly headers?: Job['headers'];
  readonly secretNames?: Job['secrets'];
}

function run(variables: JsonObject, { headers = {}, secretNames = {}, ...options }: Calling = {}): Promise<JsonObject> {
  const handler = httpJob({
    hosts: ['127.0.0.0/8'],
    responseBytesMax: 10_000,
    secrets: secretsFrom({ TOKEN: SECRET, OTHER: 'andere-9c1' }),
    ...options,
  });
  return handler({ instanceId: 'i', effectId: '4:2', headers, variables: { url: `${base}/orders`, ...variables }, secrets: secretNames });
}

async function failure(running: Promise<unknown>): Promise<JobError> {
  const error = await running.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof JobError)) throw new Error(`It did not fail as a job: ${String(error)}`);
  return error;
}

describe('a call', () => {
  it('sends what the diagram maps, and says which effect it is', async () => {
    json({ id: 'o7' }, 201);
    const result = await run(
      {
        method: 'post',
        headers: { 'X-Ward': '呼吸'.length, 'X-Kind': 'stat' },
        queryParameters: { dry: true, code: ['a', 'b'], none: null },
        body: { test: '血气', count: 2 },
      },
      { headers: { resultExpression: '={orderId: response.body.id, status: response.status}' } },
    );
    expect(result).toEqual({ orderId: 'o7', status: 201 });
    expect(heard).toMatchObject([
      {
        method: 'POST',
        url: '/orders?dry=true&code=a&code=b',
        body: '{"test":"血气","count":2}',
        headers: { 'x-kind': 'stat', 'x-ward': '2', 'content-type': 'application/json', 'idempotency-key': 'i:4:2' },
      },
    ]);
  });

  it('keeps the whole answer in the result variable, with JSON as JSON and text as text', async () => {
    json([1, 2]);
    expect(await run({}, { headers: { resultVariable: 'answer' } })).toMatchObject({ answer: { status: 200, body: [1, 2] } });
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'sid=1' }).end('ok');
    const { answer: text } = await run({}, { headers: { resultVariable: 'answer' } });
    expect(text).toMatchObject({ body: 'ok' });
    expect(JSON.stringify(text)).not.toContain('sid=1');
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([0x89, 0x50]));
    expect(await run({}, { headers: { resultVariable: 'answer' } })).toMatchObject({ answer: { body: null } });
  });

  it('gives nothing to the process where the diagram asks for nothing', async () => {
    json({ name: '王小明' });
    expect(await run({})).toEqual({});
  });

  it.each([
    [
      'basic',
      { type: 'basic', username: 'lis', password: '{{secrets.TOKEN}}' },
      `Basic ${Buffer.from(`lis:${SECRET}`).toString('base64')}`,
    ],
    ['bearer', { type: 'bearer', token: '{{secrets.OTHER}}' }, 'Bearer andere-9c1'],
    ['none', { type: 'noAuth' }, undefined],
  ])('authenticates by %s', async (_name, authentication, expected) => {
    json({});
    await run({ authentication }, { secretNames: { authentication: ['TOKEN', 'OTHER'] } });
    expect(heard[0]?.headers.authorization).toBe(expected);
  });

  it('puts an API key into a header or the query', async () => {
    json({});
    const secretNames = { authentication: ['OTHER'] };
    const key = { type: 'apiKey', name: 'X-Api-Key', value: '{{secrets.OTHER}}' };
    await run({ authentication: { ...key, apiKeyLocation: 'headers' } }, { secretNames });
    await run({ authentication: { ...key, apiKeyLocation: 'query' } }, { secretNames });
    expect(heard[0]?.headers['x-api-key']).toBe('andere-9c1');
    expect(heard[1]?.url).toBe('/orders?X-Api-Key=andere-9c1');
  });

  it.each([
    ['an address that is none', { url: 'orders' }, /"url"/],
    ['another scheme', { url: 'file:///etc/passwd' }, /"url"/],
    ['a password in the address', { url: 'http://u:p@127.0.0.1/' }, /"url" must not hold a password/],
    ['an unknown method', { method: 'TRACE' }, /"method"/],
    ['headers that are a list', { headers: ['a'] }, /"headers" must be a context/],
    ['a header of the connection', { headers: { Host: 'other' } }, /"Host" cannot be set/],
    ['a header with a line break', { headers: { 'X-A': 'a\r\nHost: b' } }, /"X-A"/],
    ['authentication without its token', { authentication: { type: 'bearer' } }, /"authentication.token" is missing/],
  ])('with %s fails for good and names the input', async (_name, variables, words) => {
    const error = await failure(run(variables));
    expect(error.isFinal).toBe(true);
    expect(error.message).toMatch(words);
    expect(heard).toEqual([]);
  });
});

describe('a secret', () => {
  it('is put in only where the diagram itself writes its name', async () => {
    json({});
    await run(
      { method: 'POST', body: { note: 'please send {{secrets.TOKEN}}' }, headers: { 'X-Key': '{{secrets.OTHER}}' } },
      { secretNames: { headers: ['OTHER'] } },
    );
    expect(heard[0]?.headers['x-key']).toBe('andere-9c1');
    expect(heard[0]?.body).toBe('{"note":"please send {{secrets.TOKEN}}"}');
  });

  it('that is not there is for an operator, who is told its name and where it goes', async () => {
    const error = await failure(run({}, { secretNames: { headers: ['MISSING'] } }));
    expect(error).toMatchObject({ isFinal: true, message: expect.stringMatching(/BIHUAN_SECRET_MISSING.*JOB_SECRETS_FILE/) });
  });

  it('that comes back in the answer is hidden, in every form in which it was sent', async () => {
    answer = ({ headers, url }, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-echo': encodeURIComponent(SECRET) })
        .end(JSON.stringify({ auth: headers.authorization, url, raw: SECRET }));
    const result = await run(
      { authentication: { type: 'basic', username: 'lis', password: '{{secrets.TOKEN}}' }, queryParameters: { k: '{{secrets.TOKEN}}' } },
      { secretNames: { authentication: ['TOKEN'], queryParameters: ['TOKEN'] }, headers: { resultVariable: 'answer' } },
    );
    const text = JSON.stringify(result);
    expect(text).toContain('[secret]');
    for (const form of ['geheim', Buffer.from(`lis:${SECRET}`).toString('base64')]) expect(text).not.toContain(form);
  });

  it('does not stand in what a failure says', async () => {
    const error = await failure(
      run({ url: 'http://{{secrets.OTHER}}.invalid/x' }, { secretNames: { url: ['OTHER'] }, hosts: ['*.invalid'] }),
    );
    expect(error.message).not.toContain('andere');
  });
});

describe('what the answer means', () => {
  it.each([400, 401, 403, 404, 409, 422])('%i is not tried again', async (status) => {
    json({}, status);
    expect(await failure(run({}))).toMatchObject({ isFinal: true, message: expect.stringContaining(`answers ${status}`) });
  });

  it.each([408, 429, 500, 502, 503])('%i is tried again', async (status) => {
    json({}, status);
    expect((await failure(run({}))).isFinal).toBe(false);
  });

  it('is asked again when the other side says so', async () => {
    json({}, 429, { 'retry-after': '7' });
    expect((await failure(run({}))).retryAfterMs).toBe(7_000);
    json({}, 503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
    expect((await failure(run({}))).retryAfterMs).toBeGreaterThan(50_000);
  });

  it('never says what the answer held', async () => {
    json({ patient: '王小明' }, 500);
    expect((await failure(run({}))).message).not.toContain('王小明');
  });

  it.each([
    ['={code: "UNKNOWN", message: "no such patient"}', { errorMessage: 'no such patient' }],
    ['bpmnError("UNKNOWN", "no such patient", {place: response.body.place})', { errorMessage: 'no such patient', place: 'ward 3' }],
    ['=if error.code = "404" then bpmnError("UNKNOWN") else null', {}],
  ])('is an error of the diagram by %s', async (errorExpression, variables) => {
    json({ place: 'ward 3' }, 404);
    const error = await run({}, { headers: { errorExpression } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BpmnError);
    expect(error).toMatchObject({ code: 'UNKNOWN', variables });
  });

  it('is a failure of the job by jobError, with its retries and back-off', async () => {
    json({ state: 'busy' });
    const busy = await failure(run({}, { headers: { errorExpression: 'jobError("busy", {}, 2, duration("PT9S"))' } }));
    expect(busy).toMatchObject({ message: 'busy', isFinal: false, retryAfterMs: 9_000 });
    const never = await failure(run({}, { headers: { errorExpression: 'jobError("never", {}, 0)' } }));
    expect(never.isFinal).toBe(true);
  });

  it('stays what it is where the error expression gives null', async () => {
    json({ ok: true });
    expect(await run({}, { headers: { errorExpression: 'null', resultExpression: '{ok: response.body.ok}' } })).toEqual({ ok: true });
  });

  it('with an expression that gives no context is for the author to mend', async () => {
    json({});
    const error = await failure(run({}, { headers: { resultExpression: '=response.status' } }));
    expect(error).toMatchObject({ isFinal: true, message: expect.stringContaining('resultExpression') });
  });

  it('that says JSON and is none is tried again', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>');
    expect((await failure(run({}))).isFinal).toBe(false);
  });
});

describe('the limits', () => {
  it('an answer that is too long is cut off and fails for good', async () => {
    answer = (_request, response) => response.end('x'.repeat(20_000));
    const error = await failure(run({}));
    expect(error).toMatchObject({ isFinal: true, message: expect.stringMatching(/10000 bytes.*JOB_HTTP_RESPONSE_LIMIT_KB/) });
  });

  it('an answer that does not come in time is tried again', async () => {
    answer = () => undefined;
    const error = await failure(run({ readTimeoutInSeconds: 0.1 }));
    expect(error).toMatchObject({ isFinal: false, message: expect.stringContaining('no answer within 0.1 s') });
  });

  it('an answer that breaks off is tried again', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x');
      setTimeout(() => response.destroy(), 20);
    };
    expect((await failure(run({}))).isFinal).toBe(false);
  });

  it('nobody listening is tried again', async () => {
    const error = await failure(run({ url: 'http://127.0.0.1:1/x' }));
    expect(error).toMatchObject({ isFinal: false, message: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('a redirect', () => {
  const to = (location: string) => {
    answer = ({ url }, response) =>
      url === '/orders' ? response.writeHead(302, { location }).end() : response.writeHead(200, { 'content-type': 'text/plain' }).end(url);
  };

  it('on the same host is followed', async () => {
    to('/new');
    expect(await run({}, { headers: { resultVariable: 'a' } })).toMatchObject({ a: { body: '/new' } });
  });

  it.each(['http://127.0.0.2:1/x', 'http://169.254.169.254/latest/meta-data'])('to %s is not', async (location) => {
    to(location);
    expect(await failure(run({}))).toMatchObject({ isFinal: true, message: expect.stringContaining('redirect') });
    expect(heard).toHaveLength(1);
  });

  it('of what was sent is not followed, and one without an end neither', async () => {
    to('/new');
    expect((await failure(run({ method: 'POST', body: {} }))).message).toContain('redirect');
    answer = (_request, response) => response.writeHead(302, { location: '/orders' }).end();
    expect((await failure(run({}))).message).toContain('more than 5 times');
  });
});

describe('the hosts that may be called', () => {
  it('are none without configuration, and the operator is told the setting', async () => {
    const error = await failure(run({}, { hosts: [] }));
    expect(error).toMatchObject({
      isFinal: true,
      message: expect.stringMatching(/^127\.0\.0\.1 leads into a private network.*JOB_HTTP_HOSTS/),
    });
    expect((await failure(run({ url: 'https://lab.example/' }, { hosts: [] }))).message).toMatch(
      /^lab\.example is not among.*JOB_HTTP_HOSTS/,
    );
    expect(heard).toEqual([]);
  });

  it('a listed name that leads into a private network is refused until that is listed too', async () => {
    const url = base.replace('127.0.0.1', 'localhost');
    const error = await failure(run({ url }, { hosts: ['localhost'] }));
    expect(error).toMatchObject({ isFinal: true, message: expect.stringContaining('leads into a private network') });
    json({ ok: true });
    const hosts = ['localhost', '127.0.0.1', '::1'];
    expect(await run({ url }, { hosts, headers: { resultVariable: 'a' } })).toMatchObject({ a: { body: { ok: true } } });
  });

  const LISTED = allowedHosts([
    'lab.example',
    'pacs.example:8443',
    '*.hospital.example',
    '10.20.0.0/16',
    '[fd00::1]:8080',
    '192.168.1.9:90',
  ]);
  it.each([
    ['https://lab.example/x', null],
    ['https://LAB.example:9/x', null],
    ['https://evil-lab.example/', 'not-listed'],
    ['https://lab.example.evil.test/', 'not-listed'],
    ['https://pacs.example:8443/', null],
    ['https://pacs.example/', 'not-listed'],
    ['https://a.b.hospital.example/', null],
    ['https://hospital.example/', 'not-listed'],
    ['http://10.20.3.4/', null],
    ['http://10.21.3.4/', 'private-address'],
    ['http://192.168.1.9:90/', null],
    ['http://192.168.1.9/', 'private-address'],
    ['http://[fd00::1]:8080/', null],
    ['http://[fd00::2]:8080/', 'private-address'],
    ['http://8.8.8.8/', 'not-listed'],
    ['http://2130706433/', 'private-address'],
    ['http://0x7f.1/', 'private-address'],
    ['http://[::ffff:127.0.0.1]/', 'private-address'],
    ['http://[::1]/', 'private-address'],
    ['http://169.254.169.254/', 'private-address'],
    ['http://100.64.0.1/', 'private-address'],
  ] as const)('%s: %s', (url, refusal) => {
    expect(LISTED.refuse(new URL(url))).toBe(refusal);
  });
});
