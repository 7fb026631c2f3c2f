/**
 * The layout gives every activity the same width and puts its boundary events side by side on it: from two on they, and their names, lie
 * on each other. Here the activity becomes as wide as they need, into the gap beside it, and their names stand in two rows.
 */
import type { ModdleElement } from '#core/bpmn/moddle.ts';

/** Pixels from the centre of one event to that of the next. */
const STEP = 48;
/** At most so much is added: the gap to the next column is 50 on each side. */
const GROWTH_MAX = 80;
const LABEL = { width: 90, height: 14, gap: 4 } as const;

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Shape extends ModdleElement {
  readonly bpmnElement: ModdleElement;
  readonly bounds: Bounds;
  label?: unknown;
}

interface Edge extends ModdleElement {
  readonly bpmnElement: ModdleElement;
  readonly waypoint: { x: number; y: number }[];
}

export const isShape = (element: ModdleElement): element is Shape => element.$type === 'bpmndi:BPMNShape';
export const isEdge = (element: ModdleElement): element is Edge => element.$type === 'bpmndi:BPMNEdge';

interface Drawing {
  readonly shapes: readonly Shape[];
  readonly edges: readonly Edge[];
  create(type: string, attributes: object): unknown;
}

export function spreadEvents(drawing: Drawing): void {
  const hosts = new Map<ModdleElement, Shape[]>();
  for (const shape of drawing.shapes) {
    if (shape.bpmnElement.$type !== 'bpmn:BoundaryEvent') continue;
    const host = shape.bpmnElement.attachedToRef as ModdleElement;
    hosts.set(host, [...(hosts.get(host) ?? []), shape]);
  }
  for (const [host, events] of hosts) {
    const shape = drawing.shapes.find(({ bpmnElement }) => bpmnElement === host);
    if (shape && events.length > 1) spread(drawing, shape, events);
  }
}

function spread({ edges, create }: Drawing, host: Shape, events: readonly Shape[]): void {
  const growth = Math.min(GROWTH_MAX, Math.max(0, events.length * STEP - host.bounds.width));
  for (const { bpmnElement, waypoint } of edges) {
    const [first, last] = [waypoint[0], waypoint.at(-1)];
    if (bpmnElement.sourceRef === host.bpmnElement && first?.x === host.bounds.x + host.bounds.width) first.x += growth / 2;
    if (bpmnElement.targetRef === host.bpmnElement && last?.x === host.bounds.x) last.x -= growth / 2;
  }
  host.bounds.x -= growth / 2;
  host.bounds.width += growth;
  const step = host.bounds.width / events.length;
  for (const [index, event] of [...events].sort((a, b) => a.bounds.x - b.bounds.x).entries()) {
    const before = event.bounds.x + event.bounds.width / 2;
    const center = host.bounds.x + step * (index + 0.5);
    event.bounds.x = center - event.bounds.width / 2;
    for (const { bpmnElement, waypoint } of edges)
      if (bpmnElement.sourceRef === event.bpmnElement) for (const point of waypoint) if (point.x === before) point.x = center;
    const y = event.bounds.y + event.bounds.height + LABEL.gap + (index % 2) * LABEL.height;
    const bounds = create('dc:Bounds', { x: center - LABEL.width / 2, y, width: LABEL.width, height: LABEL.height });
    event.label = create('bpmndi:BPMNLabel', { bounds });
  }
}
