import { z } from 'zod';
import { readConfirmation } from '#db/instances.ts';
import type { Context } from './operation.ts';
import { loadInstance } from './read/instance.ts';
import type { LiveEvent } from './views.ts';

const HEARTBEAT_MS = 25_000;
/** News of one moment are told once. */
const GATHER_MS = 40;

/** Steps are told by several processes, so an earlier one can come later; 0 means that anything may have been missed. */
export function furthest(known: LiveEvent | undefined, event: LiveEvent): LiveEvent {
  if (known?.type !== 'instance' || event.type !== 'instance') return event;
  return known.seq === 0 || (event.seq !== 0 && event.seq < known.seq) ? known : event;
}

/**
 * Server-sent events for one page. `?instance=` also watches an instance that the viewer may read; how far it has come is told at once,
 * because it may have moved between the page and its stream.
 */
export async function liveStream(context: Context, request: Request): Promise<Response> {
  const asked = z.uuid().safeParse(new URL(request.url).searchParams.get('instance'));
  if (asked.success) await loadInstance(context, asked.data);
  const watches = asked.success ? asked.data : null;
  const encoder = new TextEncoder();
  let stop = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const waiting = new Map<string, LiveEvent>();
      let timer: NodeJS.Timeout | null = null;
      const send = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          stop();
        }
      };
      const flush = (): void => {
        timer = null;
        for (const event of waiting.values()) send(`data: ${JSON.stringify(event)}\n\n`);
        waiting.clear();
      };
      const unsubscribe = context.runtime.live.subscribe({ principals: new Set(context.principals), watches }, (event) => {
        waiting.set(event.type, furthest(waiting.get(event.type), event));
        timer ??= setTimeout(flush, GATHER_MS);
      });
      const heartbeat = setInterval(() => (watches ? tellSeq(watches) : send(': still here\n\n')), HEARTBEAT_MS);
      stop = () => {
        unsubscribe();
        clearInterval(heartbeat);
        if (timer) clearTimeout(timer);
      };
      request.signal.addEventListener('abort', () => stop());
      send('retry: 2000\n\n');
      if (watches) tellSeq(watches);

      // A page that missed a change learns of it with the next heartbeat. While the database is away nothing moves.
      function tellSeq(instanceId: string): void {
        readConfirmation(context.runtime.db, instanceId)
          .then(({ lastSeq }) => send(`data: ${JSON.stringify({ type: 'instance', instanceId, seq: lastSeq } satisfies LiveEvent)}\n\n`))
          .catch(() => send(': still here\n\n'));
      }
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
  });
}
