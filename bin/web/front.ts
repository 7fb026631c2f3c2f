/** Where people come in: `/api/` is answered here, everything else by the pages behind. A thread of `bin/web.ts`. */
import { Agent, createServer, type IncomingMessage } from 'node:http';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { getRequestListener } from '@hono/node-server';
import { createProxyServer } from 'httpxy';
import { CLIENT_ADDRESS_HEADER } from '#api/auth.ts';
import { handleApi } from '#api/http.ts';
import { runtime } from '#api/runtime.ts';
import { config } from '#config/config.ts';
import { listeningOn } from './listening.ts';

export interface FrontSettings {
  readonly pagesPort: number;
}

// Given by `bin/web.ts`.
const { pagesPort } = workerData as FrontSettings;
const { web } = config();
const answerApi = getRequestListener(handleApi);
const proxy = createProxyServer({ target: { host: '127.0.0.1', port: pagesPort }, agent: new Agent({ keepAlive: true }) });

const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/')) {
    tellAddress(request);
    void answerApi(request, response);
    return;
  }
  proxy.web(request, response).catch(() => {
    // Who asked has gone, or the pages are ending.
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
});
// Read by whoever started us: another server on the port would answer as readily.
server.listen(web.port, web.host, () => process.stdout.write(`${listeningOn(web.port)}\n`));

parentPort?.once('message', () => void stop());

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
