/**
 * The web server: pages by Next.js on a port of the loopback, and before them the API in a thread of its own, which listens where
 * people come in. Apart, because what Next.js hooks into every `await` costs the API more than its own work
 * (docs/decisions/0004-http-layer.md).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import next from 'next';
import { runtime } from '#api/runtime.ts';
import { config } from '#config/config.ts';
import type { FrontSettings } from './web/front.ts';

const { web } = config();
const directory = web.directory ?? fileURLToPath(new URL('../web', import.meta.url));
const pages = next({ dev: false, dir: directory, hostname: web.host, port: web.port });
await pages.prepare();
const answerPage = pages.getRequestHandler();

const server = createServer((request, response) => void answerPage(request, response));
// Only the front comes here, and keeps its connections: one that we closed while it sends would fail somebody's request.
server.keepAliveTimeout = 0;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const settings: FrontSettings = { pagesPort: (server.address() as AddressInfo).port };
const front = new Worker(new URL('./web/front.mjs', import.meta.url), { workerData: settings });
front.once('exit', (code) => void end(code));

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => front.postMessage('stop'));

/** The front has answered what was under way, or fallen: without it nobody is reached. */
async function end(code: number): Promise<void> {
  server.closeAllConnections();
  await runtime().stop();
  process.exit(code);
}
