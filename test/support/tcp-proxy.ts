/** A way to a server that can be closed: what is beyond it goes on, and nobody on this side reaches it. */
import net from 'node:net';

export interface TcpProxy {
  readonly address: string;
  /** Breaks open connections and refuses new ones. */
  close(): Promise<void>;
  open(): Promise<void>;
}

export async function aTcpProxy(target: string): Promise<TcpProxy> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        (socket === near ? far : near).destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  let ownPort = 0;
  const proxy: TcpProxy = {
    get address() {
      return `127.0.0.1:${ownPort}`;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    open: () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(ownPort, '127.0.0.1', () => {
          const bound = server.address();
          if (bound === null || typeof bound === 'string') throw new Error('A TCP server is bound to a port.');
          ownPort = bound.port;
          resolve();
        });
      }),
  };
  await proxy.open();
  return proxy;
}
