import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICANT, aConsult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { handleApi } from './http.ts';
import { allOperations } from './operations/index.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

describe('the OpenAPI document', () => {
  it('lists every operation with its summary, its input and its refusals', async () => {
    const { status, body } = await world.caller().get('/api/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    for (const operation of allOperations()) {
      const path = `/api${operation.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      const described = body.paths[path]?.[operation.method];
      expect(described, `${operation.method} ${path}`).toMatchObject({ operationId: operation.name, summary: operation.summary });
      expect(Object.keys(described.responses)).toEqual(['200', 'default']);
      const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      const parameters: { name: string; in: string }[] = described.parameters ?? [];
      expect(parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(inPath);
    }
  });

  it('names each operation once', () => {
    const names = allOperations().map((operation) => operation.name);
    expect(new Set(names).size).toBe(names.length);
    const routes = allOperations().map((operation) => `${operation.method} ${operation.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });
});

describe('every answer', () => {
  it('is kept by no cache', async () => {
    const caller = await world.signIn(APPLICANT);
    const consult = await aConsult(world);
    for (const path of ['/api/me', `/api/instances/${consult.id}`, '/api/inbox', '/api/nothing'])
      expect((await caller.get(path)).headers.get('cache-control')).toContain('no-store');
  });
});

describe('health', () => {
  it('is told to everybody, and says nothing else', async () => {
    const { status, body } = await world.caller().get('/api/health');
    expect(status).toBe(200);
    expect(body).toEqual({ ok: true, database: true, workers: 0 });
  });
});

describe('live news', () => {
  it('say what to read again, to those whom it concerns, and nothing of what it says', async () => {
    const caller = await world.signIn('p-he-jing');
    const signedIn = await caller.get('/api/me');
    expect(signedIn.status).toBe(200);
    const manager = await openStream('p-he-jing');
    const stranger = await openStream('p-ren-jie');
    const consult = await aConsult(world, { patientName: '金丝雀王小明' });
    expect(await manager.next()).toContain('{"type":"inbox"}');
    await world.call(APPLICANT, 'comment', { id: consult.id, commandId: randomUUID(), text: '@何静', mentions: ['p-he-jing'] });
    await manager.until('{"type":"notice"}');
    expect(manager.text()).not.toContain('金丝雀');
    expect(stranger.text()).not.toContain('data:');
    manager.close();
    stranger.close();
  });
});

/** Reads a stream of news as a browser's EventSource does. */
async function openStream(personId: string) {
  const cookies = (await world.caller().signIn(personId)).headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  const aborting = new AbortController();
  const request = new Request(`${world.baseUrl}/api/live`, { headers: { cookie: cookies.join('; ') }, signal: aborting.signal });
  const response = await handleApi(request);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('A stream has a body.');
  let read = (await reader.read()).value ?? '';
  // The rest is read in the background, until the stream is closed.
  const chunks: (() => void)[] = [];
  const reading = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      read += part.value;
      for (const wake of chunks.splice(0)) wake();
    }
  })().catch(() => undefined);
  const more = () => new Promise<void>((resolve) => chunks.push(resolve));
  return {
    text: () => read,
    async next() {
      while (!read.includes('data:')) await more();
      return read;
    },
    async until(text: string) {
      while (!read.includes(text)) await more();
    },
    close() {
      aborting.abort();
      void reader.cancel().then(() => reading);
    },
  };
}
