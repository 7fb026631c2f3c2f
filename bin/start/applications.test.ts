import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { listeningOn } from '../web/listening.ts';
import { isHealthy } from './applications.ts';
import type { Child } from './child.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

/** A web server that is healthy, whosever it is. */
async function aHealthyServer(): Promise<number> {
  const healthy = createServer((_, response) => response.end('{}'));
  server = healthy;
  await new Promise<void>((resolve) => healthy.listen(0, '127.0.0.1', resolve));
  return (healthy.address() as AddressInfo).port;
}

/** A child that has written `output` and ends when it has been looked at a few times. */
function aChild(output: string): Child {
  let looks = 0;
  return {
    name: 'Web server',
    identity: { pid: 1, began: 'then' },
    logFile: 'web.log',
    ended: new Promise(() => undefined),
    hasEnded: () => ++looks > 3,
    output: async () => output,
    stop: async () => undefined,
    kill: async () => undefined,
  };
}

test('a web server is healthy when it listens itself and answers', async () => {
  const port = await aHealthyServer();
  expect(await isHealthy(aChild(`${listeningOn(port)}\n`), { host: '127.0.0.1', port })).toBe(true);
});

test("another stack's web server on its port does not count as its own", async () => {
  const port = await aHealthyServer();
  expect(await isHealthy(aChild('Error: listen EADDRINUSE'), { host: '127.0.0.1', port })).toBe(false);
});
