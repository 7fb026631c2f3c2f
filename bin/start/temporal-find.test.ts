import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FindOptions, findTemporal } from './temporal-find.ts';

let folder: string;
let server: Server | undefined;
const before = { PATH: process.env.PATH, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME };

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'bihuan-find-'));
  // Nothing but what a test puts there: neither Go nor a server of the machine's.
  process.env.PATH = path.join(folder, 'bin');
  process.env.XDG_CACHE_HOME = path.join(folder, 'cache');
});

afterEach(async () => {
  Object.assign(process.env, before);
  if (before.XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

const programOf = (serverVersion: string) => `#!/bin/sh\necho "temporal version 1.5.1 (Server ${serverVersion}, UI 2.42.1)"\n`;

async function putProgram(file: string, serverVersion: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, programOf(serverVersion));
  await chmod(file, 0o755);
}

function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(Buffer.byteLength(content).toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(512 - (Buffer.byteLength(content) % 512)), Buffer.alloc(1024)]);
}

async function serve(answer: Buffer | null): Promise<string> {
  const listening = createServer((_request, response) => (answer === null ? response.writeHead(404).end() : response.end(answer)));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

const find = (options: Partial<FindOptions> = {}) =>
  findTemporal({
    version: '1.5.1',
    serverVersionMin: '1.29.0',
    home: path.join(folder, 'home'),
    downloadUrl: 'http://127.0.0.1:9',
    report: () => undefined,
    ...options,
  });

describe('the Temporal server is found', () => {
  test('on the PATH first', async () => {
    await putProgram(path.join(folder, 'bin', 'temporal'), '1.29.1');
    await putProgram(path.join(folder, 'cache', 'bihuan', 'temporal-1.5.1', 'temporal'), '1.29.1');
    expect(await find()).toEqual({ file: path.join(folder, 'bin', 'temporal'), origin: 'path' });
  });

  test('in the cache when the one on the PATH is too old', async () => {
    await putProgram(path.join(folder, 'bin', 'temporal'), '1.9.9');
    const cached = path.join(folder, 'cache', 'bihuan', 'temporal-1.5.1', 'temporal');
    await putProgram(cached, '1.29.1');
    expect(await find()).toEqual({ file: cached, origin: 'cache' });
  });

  test('by download, into the cache, for the next time', async () => {
    const downloadUrl = await serve(gzipSync(tarOf('temporal', programOf('1.29.1'))));
    const found = await find({ downloadUrl });
    expect(found).toEqual({ file: path.join(folder, 'cache', 'bihuan', 'temporal-1.5.1', 'temporal'), origin: 'download' });
    expect(await readFile(found.file, 'utf8')).toBe(programOf('1.29.1'));
    expect((await find({ downloadUrl })).origin).toBe('cache');
  });

  test('or every reason and every mend is told, within seconds', async () => {
    const began = Date.now();
    const failure = await find({ downloadUrl: await serve(null) }).catch((error: Error) => error.message);
    expect(failure).toMatch(/it answered 404[\s\S]*Go is not installed[\s\S]*install Go 1\.25[\s\S]*TEMPORAL_ADDRESS/);
    expect(Date.now() - began).toBeLessThan(15_000);
  });
});
