/**
 * The web server: pages by Next.js, the API by Hono beside it in the same process. The API does not go through Next.js's route
 * handlers, which cost more than the work itself (docs/decisions/0004-http-layer.md).
 */
import { createServer, type IncomingMessage } from 'node:http';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import next from 'next';
import { CLIENT_ADDRESS_HEADER } from '#api/auth.ts';
import { handleApi } from '#api/http.ts';
import { runtime } from '#api/runtime.ts';
import { config } from '#config/config.ts';

const { web } = config();
const directory = web.directory ?? fileURLToPath(new URL('../web', import.meta.url));
const pages = next({ dev: false, dir: directory, hostname: web.host, port: web.port });
await pages.prepare();
const answerPage = pages.getRequestHandler();
const answerApi = getRequestListener(handleApi, { overrideGlobalObjects: false });

const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/')) {
    tellAddress(request);
    void answerApi(request, response);
  } else void answerPage(request, response);
});
server.listen(web.port, web.host);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

/** What is under way is answered; open streams of news are cut, browsers take them up again. */
async function stop(): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
  await closed;
  await runtime().stop();
  process.exit(0);
}

/** Sign-in attempts are counted by address. What a client says of its own address counts only behind a proxy that we were told of. */
function tellAddress(request: IncomingMessage): void {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const address = (web.isBehindProxy && forwarded) || (request.socket.remoteAddress ?? 'unknown');
  const kept: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (name.toLowerCase() !== CLIENT_ADDRESS_HEADER) kept.push(name, request.rawHeaders[index + 1] ?? '');
  }
  request.rawHeaders = [...kept, CLIENT_ADDRESS_HEADER, address];
}
