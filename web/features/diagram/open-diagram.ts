/** The one place that speaks to the diagram viewer, so that its ways stay out of the components. */
import type { Locale } from '#core/text.ts';
import { FONT_FAMILY } from '#web/ui/font.ts';
import { withShapes } from './with-shapes.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';

/** Ids of elements and sequence flows by what is shown of them. */
export type DiagramMarks = { readonly [Mark in keyof typeof MARKERS]?: readonly string[] };

/** How many stand at an element, and how many of them apart, because something failed there. */
export interface DiagramCount {
  readonly elementId: string;
  readonly instances: number;
  readonly incidents: number;
}

export interface Diagram {
  readonly mark: (marks: DiagramMarks) => void;
  /** Figures on the drawing for the eye; lists beside it say the same to everybody. */
  readonly count: (counts: readonly DiagramCount[]) => void;
  /** Told which element was pressed, the diagram itself excepted. */
  readonly onPick: (pick: ((elementId: string) => void) | null) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly destroy: () => void;
}

const MARKERS = {
  completed: 'bh-done',
  returned: 'bh-returned',
  active: 'bh-active',
  incidents: 'bh-incident',
  takenFlows: 'bh-taken',
  added: 'bh-added',
  changed: 'bh-changed',
  removed: 'bh-removed',
  toBegin: 'bh-added',
  toCancel: 'bh-removed',
  standing: 'bh-active',
  selected: 'bh-selected',
} as const;
type Mark = keyof typeof MARKERS;
const MARKS = Object.keys(MARKERS) as readonly Mark[];

/** Below this scale the names cannot be read: the view then goes to where the work stands. */
const READABLE_SCALE = 0.8;
/** Below this one figures cover each other; above it the whole is told by them, names or not. */
const COUNTABLE_SCALE = 0.2;
/** Of the frame, what a fitted diagram takes. */
const FITTED = 0.92;
const COUNT = 'bh-count';
/** They stay readable where the drawing is small, and cover little of it where it is large. */
const COUNT_LOOKS = { position: { bottom: 10, left: -8 }, scale: { min: 0.9, max: 1.2 } };

export async function openDiagram(container: HTMLElement, xml: string, locale: Locale): Promise<Diagram> {
  const { default: NavigatedViewer } = await import('bpmn-js/lib/NavigatedViewer');
  const viewer = new NavigatedViewer({
    container,
    // The wheel scrolls the page; buttons and dragging move the diagram.
    zoomScroll: { enabled: false },
    keyboard: { bind: false },
    bpmnRenderer: {
      defaultFillColor: 'var(--bh-color-bg)',
      defaultStrokeColor: 'var(--bh-color-border-strong)',
      defaultLabelColor: 'var(--bh-color-text)',
    },
    textRenderer: { defaultStyle: { fontFamily: FONT_FAMILY, fontSize: 12 } },
  });
  try {
    if (locale === 'en') viewer.on('import.parse.complete', ({ elementsById }: ParseComplete) => nameInEnglish(elementsById));
    await viewer.importXML(await withShapes(xml));
  } catch (error) {
    viewer.destroy();
    throw error;
  }

  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<ElementRegistry>('elementRegistry');
  const overlays = viewer.get<Overlays>('overlays');
  let marked: readonly (readonly [string, string])[] = [];
  let isFirst = true;
  let picked: ((elementId: string) => void) | null = null;
  viewer.on('element.click', ({ element }: ElementClick) => picked?.(element.id));

  /** In a tab that is not shown there is nothing to fit into; once it is shown, that is made up for. */
  const isFramed = (): boolean => container.clientWidth > 0 && container.clientHeight > 0;
  let whenFramed: (() => void) | null = null;
  const frame = new ResizeObserver(() => {
    if (!isFramed()) return;
    whenFramed?.();
    whenFramed = null;
  });
  frame.observe(container);

  const fitFrame = () => {
    if (!isFramed()) return;
    // With a margin: what touches the frame looks cut off.
    canvas.zoom(canvas.zoom('fit-viewport', 'auto') * FITTED, 'auto');
  };

  /** The whole flow where it can be read; otherwise the part where the work stands. */
  const showWork = (ids: readonly string[], enough: number) => {
    if (!isFramed()) {
      whenFramed = () => {
        isFirst = true;
        showWork(ids, enough);
        isFirst = false;
      };
      return;
    }
    const active = ids.map((id) => registry.get(id)).find((shape) => isLeaf(shape) && shape?.x !== undefined);
    if (isFirst) fitFrame();
    const box = canvas.viewbox();
    if (active?.x === undefined || active.y === undefined) return;
    const isSeen = active.x >= box.x && active.y >= box.y && active.x + 100 <= box.x + box.width && active.y + 80 <= box.y + box.height;
    if (isFirst ? canvas.zoom() >= enough : isSeen) return;
    const scale = Math.max(READABLE_SCALE, canvas.zoom());
    const [width, height] = [box.outer.width / scale, box.outer.height / scale];
    const inside = (wanted: number, size: number, from: number, length: number) =>
      Math.min(Math.max(wanted - size / 2, from), Math.max(from, from + length - size));
    canvas.viewbox({
      x: inside(active.x + 50, width, box.inner.x - 20, box.inner.width + 40),
      y: inside(active.y + 40, height, box.inner.y - 20, box.inner.height + 40),
      width,
      height,
    });
  };

  return {
    mark: (marks) => {
      for (const [id, marker] of marked) if (registry.get(id)) canvas.removeMarker(id, marker);
      marked = MARKS.flatMap((mark) => (marks[mark] ?? []).map((id) => [id, MARKERS[mark]] as const)).filter(([id]) =>
        isLeaf(registry.get(id)),
      );
      for (const [id, marker] of marked) canvas.addMarker(id, marker);
      const { selected = [], active = [], incidents = [], standing, added = [], removed = [], changed = [] } = marks;
      const work = [...selected, ...active, ...incidents, ...(standing ?? []), ...added, ...removed, ...changed];
      showWork(work, standing ? COUNTABLE_SCALE : READABLE_SCALE);
      isFirst = false;
    },
    count: (counts) => {
      overlays.remove({ type: COUNT });
      // The process itself is the paper: nothing can be written on its corner.
      for (const count of counts.filter(({ elementId }) => registry.get(elementId)?.x !== undefined)) {
        const html = badgesOf(count);
        html.addEventListener('click', () => picked?.(count.elementId));
        overlays.add(count.elementId, COUNT, { ...COUNT_LOOKS, html });
      }
    },
    onPick: (pick) => {
      picked = pick;
    },
    zoom: (factor) => canvas.zoom(Math.min(3, Math.max(0.15, canvas.zoom() * factor))),
    fit: fitFrame,
    destroy: () => {
      frame.disconnect();
      viewer.destroy();
    },
  };
}

function badgesOf({ instances, incidents }: DiagramCount): HTMLElement {
  const badges = document.createElement('div');
  badges.className = COUNT;
  badges.ariaHidden = 'true';
  for (const [kind, count] of [
    ['instances', instances],
    ['incidents', incidents],
  ] as const) {
    if (count === 0) continue;
    const badge = document.createElement('span');
    badge.dataset.kind = kind;
    badge.textContent = String(count);
    badges.append(badge);
  }
  return badges;
}

interface ParseComplete {
  readonly elementsById: Readonly<Record<string, ModdleElement>>;
}

interface ElementClick {
  readonly element: { readonly id: string };
}

interface ModdleElement {
  name?: string;
  readonly extensionElements?: { readonly values?: readonly GenericElement[] };
}

/** Extensions of a name space that the viewer does not know stay generic. */
interface GenericElement {
  readonly $type: string;
  readonly name?: string;
  readonly value?: string;
  readonly $children?: readonly GenericElement[];
}

const ENGLISH_NAME = 'bihuan:name.en';

function nameInEnglish(elements: Readonly<Record<string, ModdleElement>>): void {
  for (const element of Object.values(elements)) {
    const properties = element.extensionElements?.values?.flatMap(({ $children = [] }) => $children) ?? [];
    const english = properties.find(({ name }) => name === ENGLISH_NAME)?.value;
    if (english) element.name = english;
  }
}

/** An open sub-process is a frame around its parts; colouring it would drown them. */
const isLeaf = (shape: Shape | undefined): boolean =>
  shape !== undefined && !(shape.type === 'bpmn:SubProcess' && (shape.children?.length ?? 0) > 0);

interface Shape {
  readonly type?: string;
  readonly children?: readonly unknown[];
  readonly x?: number;
  readonly y?: number;
}

interface ElementRegistry {
  readonly get: (id: string) => Shape | undefined;
}

interface Overlays {
  readonly add: (
    id: string,
    type: string,
    overlay: {
      readonly position: { readonly bottom: number; readonly left: number };
      readonly scale: { readonly min: number; readonly max: number };
      readonly html: HTMLElement;
    },
  ) => string;
  readonly remove: (filter: { readonly type: string }) => void;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Canvas {
  readonly addMarker: (id: string, marker: string) => void;
  readonly removeMarker: (id: string, marker: string) => void;
  readonly zoom: (scale?: number | 'fit-viewport', center?: 'auto') => number;
  readonly viewbox: (box?: Rectangle) => Rectangle & { readonly inner: Rectangle; readonly outer: Rectangle };
}
