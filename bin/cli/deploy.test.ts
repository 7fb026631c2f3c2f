import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handleApi } from '#api/http.ts';
import { run } from '#bin/bihuan.ts';
import { personOf, SAMPLE_PASSWORD } from '#bin/seed/people.ts';
import { currentDeployment } from '#db/deployments.ts';
import { aWorld, type World } from '#test/support/world.ts';

const CONSULT = fileURLToPath(new URL('../../flows/consult', import.meta.url));

let world: World;
let server: ServerType;
let url: string;
let folder: string;
const out: string[] = [];

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  world = await aWorld({ PUBLIC_URL: url });
  server = serve({ fetch: handleApi, port, hostname: '127.0.0.1' });
  folder = await mkdtemp(path.join(tmpdir(), 'bihuan-deploy-'));
  await cp(CONSULT, folder, { recursive: true });
  vi.stubEnv('BIHUAN_USER', personOf('p-mo-yan').signInName);
  vi.stubEnv('BIHUAN_PASSWORD', SAMPLE_PASSWORD);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
  await world.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  out.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
const lines = (): Record<string, unknown>[] => out.map((line) => JSON.parse(line) as Record<string, unknown>);
const last = () => lines().at(-1);
const current = async () => (await currentDeployment(world.db, 'consult'))?.version;
async function change(from: string, to: string): Promise<void> {
  const file = path.join(folder, 'consult.bpmn');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(from, to));
}

describe('bihuan deploy', () => {
  it('makes no new version of what the server has', async () => {
    expect(await run(['deploy', CONSULT, '--url', url])).toBe(0);
    expect(last()).toEqual({ type: 'deployed', key: 'consult', version: 1, state: 'published', isCurrent: true, isNew: false });
  });

  it('makes a draft of a changed folder, and publishes it when told to', async () => {
    await change('name="分流派送"', 'name="分流与派送"');
    expect(await run(['deploy', folder, '--url', url, '--draft'])).toBe(0);
    expect(last()).toMatchObject({ type: 'deployed', version: 2, state: 'draft', isNew: true });
    expect(await current()).toBe(1);
    expect(await run(['deploy', folder, '--url', url, '--publish', '--note', '改名'])).toBe(0);
    expect(last()).toMatchObject({ type: 'deployed', version: 2, state: 'published', isCurrent: true, isNew: false });
    expect(await current()).toBe(2);
  });

  it('prints each finding as a line, and ends with 1 when nothing was published', async () => {
    await change('name="bihuan:side"', 'name="bihuan:sidde"');
    expect(await run(['deploy', folder, '--url', url, '--publish'])).toBe(1);
    expect(lines()).toContainEqual(expect.objectContaining({ type: 'finding', rule: 'property-known', severity: 'error' }));
    expect(last()).toEqual({ type: 'refused', code: 'definition-faulty' });
    expect(await current()).toBe(2);
  });

  it('takes the value sets that stand beside the forms', async () => {
    const beside = path.join(folder, 'value-sets');
    await mkdir(beside);
    await writeFile(path.join(beside, 'none.json'), JSON.stringify({ resourceType: 'Patient' }));
    expect(await run(['deploy', folder, '--url', url, '--publish'])).toBe(1);
    expect(lines()).toContainEqual(expect.objectContaining({ type: 'finding', rule: 'value-set-malformed', file: 'value-sets/none.json' }));
    await rm(beside, { recursive: true });
  });

  it('is refused to whoever designs no flows, and to whoever cannot sign in', async () => {
    vi.stubEnv('BIHUAN_USER', personOf('p-wu-tong').signInName);
    expect(await run(['deploy', CONSULT, '--url', url])).toBe(1);
    expect(last()).toEqual({ type: 'refused', code: 'not-found' });
    vi.stubEnv('BIHUAN_PASSWORD', 'wrong-password');
    expect(await run(['deploy', CONSULT, '--url', url])).toBe(1);
    expect(last()).toMatchObject({ type: 'refused', code: expect.any(String) });
  });

  it('says when nobody answers at the address', async () => {
    expect(await run(['deploy', CONSULT, '--url', 'http://127.0.0.1:9'])).toBe(1);
    expect(last()).toEqual({ type: 'refused', code: 'unreachable' });
  });
});
