import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const RELEASED_WITHIN_MS = 15_000;

/** Waits until the port of a process that was just killed is free again; its clients know no other. */
export async function samePort(port: number, host = '127.0.0.1'): Promise<number> {
  const until = Date.now() + RELEASED_WITHIN_MS;
  while ((await tryPort(port, host)) === null) {
    if (Date.now() > until) throw new Error(`Port ${port} is in use by another program.`);
    await sleep(100);
  }
  return port;
}

/** The wanted port, or the next free one after it; with 0 any free one. */
export async function freePort(wanted: number, host = '127.0.0.1'): Promise<number> {
  for (let candidate = wanted; candidate < Math.min(wanted + 50, 65_536); candidate++) {
    const port = await tryPort(candidate, host);
    if (port !== null) return port;
  }
  const port = await tryPort(0, host);
  if (port === null) throw new Error(`No port is free on ${host}.`);
  return port;
}

function tryPort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
