/** Events as lines for people and tools: each says which process and element it is about, in BPMN's words. */
import type { ElementType, ProcessGraph } from '#core/bpmn/graph.ts';
import type { Json } from '#core/json.ts';
import type { ElementKey, ProcessEvent } from './event.ts';

export interface EventLine {
  /** Running number over the whole simulation. */
  readonly seq: number;
  readonly at: string;
  readonly type: ProcessEvent['type'];
  readonly processId: string;
  readonly elementId: string;
  readonly elementType: ElementType;
  readonly instanceId: string;
  readonly [field: string]: Json | undefined;
}

interface Place {
  readonly elementId: string;
  readonly elementType: ElementType;
}

export class EventLines {
  count = 0;
  private readonly places = new Map<string, Place>();

  constructor(
    private readonly graph: ProcessGraph,
    private readonly onEvent: (line: EventLine) => void,
  ) {}

  write({ instanceId, processId }: { readonly instanceId: string; readonly processId: string }, event: ProcessEvent, at: string): void {
    this.count += 1;
    const place = this.placeOf(instanceId, processId, event);
    const { type, ...rest } = event;
    // Events are JSON by construction; the union of their fields has no index signature to say so.
    const fields = rest as unknown as Readonly<Record<string, Json>>;
    this.onEvent({ seq: this.count, at, type, processId, ...place, instanceId, ...withoutPlace(fields) });
  }

  private placeOf(instanceId: string, processId: string, event: ProcessEvent): Place {
    if (event.type === 'flow.taken') return { elementId: event.flowId, elementType: 'sequenceFlow' };
    if (event.type === 'variables.set') return this.known(instanceId, event.scopeKey) ?? { elementId: processId, elementType: 'process' };
    if ('elementType' in event) {
      const place = { elementId: event.elementId, elementType: event.elementType };
      this.places.set(`${instanceId} ${event.key}`, place);
      return place;
    }
    if (!('elementId' in event)) return { elementId: processId, elementType: 'process' };
    const key = 'key' in event ? event.key : 'taskId' in event ? Number(event.taskId) : undefined;
    const known = key === undefined ? undefined : this.known(instanceId, key);
    if (known?.elementId === event.elementId) return known;
    return { elementId: event.elementId, elementType: this.graph.elements[event.elementId]?.elementType ?? 'process' };
  }

  private known(instanceId: string, key: ElementKey): Place | undefined {
    return this.places.get(`${instanceId} ${key}`);
  }
}

/** The place is said once, in front. */
function withoutPlace(fields: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const { processId: _processId, elementId: _elementId, elementType: _elementType, instanceId: _instanceId, ...others } = fields;
  return others;
}
