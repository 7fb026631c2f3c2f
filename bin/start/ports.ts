import { createServer } from 'node:net';

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
