/** News for open pages (server-sent events): what to read again, never what it says. */
import type { LiveEvent } from './views.ts';

export interface LiveViewer {
  readonly principals: ReadonlySet<string>;
  /** May this viewer be told that the instance moved? Asked only of pages that watch one. */
  readonly watches: string | null;
}

type Listener = (event: LiveEvent) => void;

interface Change {
  readonly instanceId: string;
  readonly seq: number;
  readonly principals: readonly string[];
}

export class LiveHub {
  readonly #listen: (hub: LiveHub) => () => void;
  #stopListening: (() => void) | null = null;
  readonly #listeners = new Map<Listener, LiveViewer>();

  /** `listen` begins to hear changes for the first who asks, and returns what ends it. */
  constructor(listen: (hub: LiveHub) => () => void) {
    this.#listen = listen;
  }

  stop(): void {
    this.#stopListening?.();
  }

  /** Tells the listener what concerns the viewer until the returned function is called. */
  subscribe(viewer: LiveViewer, listener: Listener): () => void {
    this.#stopListening ??= this.#listen(this);
    this.#listeners.set(listener, viewer);
    return () => this.#listeners.delete(listener);
  }

  publish(changes: readonly unknown[]): void {
    for (const change of changes.filter(isChange)) {
      for (const [listener, viewer] of this.#listeners) {
        if (change.principals.some((principal) => viewer.principals.has(principal))) {
          listener({ type: 'inbox' });
          listener({ type: 'notice' });
        }
        if (viewer.watches === change.instanceId) listener({ type: 'instance', instanceId: change.instanceId, seq: change.seq });
      }
    }
  }

  /** Changes may have been missed: everybody reads again. */
  refreshAll(): void {
    for (const [listener, viewer] of this.#listeners) {
      listener({ type: 'inbox' });
      if (viewer.watches) listener({ type: 'instance', instanceId: viewer.watches, seq: 0 });
    }
  }
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' && value !== null && 'instanceId' in value && 'principals' in value;
