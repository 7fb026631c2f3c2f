/** Where a pointer would drop what it drags, from the boxes of the items that are drawn. All lengths are CSS pixels in the window. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An item as it is drawn. */
export interface ItemBox {
  readonly linkId: string;
  /** The item that it stands in, null for the form. */
  readonly parent: string | null;
  readonly isGroup: boolean;
  readonly rect: Rect;
}

export interface DropTarget {
  /** Null: the form, at its end. */
  readonly linkId: string | null;
  readonly side: 'before' | 'after' | 'inside';
  /** What is shown: a line where it would come to stand, or the outline of what it would come into. */
  readonly mark: Rect;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** At the edges of a group one means beside it. */
const EDGE_PX = 14;
const LINE_PX = 3;

/** On a form as it is drawn, where groups hold what stands in them. */
export function targetOnCanvas(boxes: readonly ItemBox[], area: Rect, point: Point): DropTarget {
  const hit = boxes.filter(({ rect }) => contains(rect, point)).sort((a, b) => sizeOf(a.rect) - sizeOf(b.rect))[0];
  const box = hit ?? nearest(boxes, point);
  if (!box) return { linkId: null, side: 'inside', mark: area };
  return besideOrIn(boxes, box, point);
}

function besideOrIn(boxes: readonly ItemBox[], box: ItemBox, point: Point): DropTarget {
  if (!box.isGroup) return beside(boxes, box, point);
  const { rect, linkId } = box;
  if (point.y < rect.top + EDGE_PX) return { linkId, side: 'before', mark: lineAt(rect, 'top') };
  if (point.y > rect.bottom - EDGE_PX) return { linkId, side: 'after', mark: lineAt(rect, 'bottom') };
  const within = nearest(
    boxes.filter(({ parent }) => parent === linkId),
    point,
  );
  return within ? beside(boxes, within, point) : { linkId, side: 'inside', mark: rect };
}

/** Where others stand in the same line, left and right of it; else above and below. */
function beside(boxes: readonly ItemBox[], { linkId, parent, rect }: ItemBox, point: Point): DropTarget {
  const isInLine = boxes.some((other) => other.linkId !== linkId && other.parent === parent && isSameLine(other.rect, rect));
  const isBefore = isInLine ? point.x < (rect.left + rect.right) / 2 : point.y < (rect.top + rect.bottom) / 2;
  const edge = isInLine ? (isBefore ? 'left' : 'right') : isBefore ? 'top' : 'bottom';
  return { linkId, side: isBefore ? 'before' : 'after', mark: lineAt(rect, edge) };
}

/** In a tree, where an item is a row and what stands in it follows; `open`: groups whose items are in sight. */
export function targetInTree(rows: readonly ItemBox[], open: ReadonlySet<string>, area: Rect, point: Point): DropTarget {
  const row = nearest(rows, point);
  const last = rows.at(-1);
  if (!row || !last) return { linkId: null, side: 'inside', mark: area };
  if (point.y > last.rect.bottom) return { linkId: null, side: 'inside', mark: lineAt(last.rect, 'bottom') };
  const { rect, linkId, isGroup } = row;
  const third = (rect.bottom - rect.top) / 3;
  if (!isGroup) {
    const isBefore = point.y < (rect.top + rect.bottom) / 2;
    return { linkId, side: isBefore ? 'before' : 'after', mark: lineAt(rect, isBefore ? 'top' : 'bottom') };
  }
  if (point.y < rect.top + third) return { linkId, side: 'before', mark: lineAt(rect, 'top') };
  // What stands below an open group is its first item.
  const isBelow = point.y > rect.bottom - third && !open.has(linkId);
  return isBelow ? { linkId, side: 'after', mark: lineAt(rect, 'bottom') } : { linkId, side: 'inside', mark: rect };
}

const contains = ({ left, top, right, bottom }: Rect, { x, y }: Point): boolean => x >= left && x <= right && y >= top && y <= bottom;

const sizeOf = ({ left, top, right, bottom }: Rect): number => (right - left) * (bottom - top);

function isSameLine(a: Rect, b: Rect): boolean {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const isAside = a.right <= b.left || b.right <= a.left;
  return isAside && shared > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
}

function nearest(boxes: readonly ItemBox[], point: Point): ItemBox | undefined {
  const distances = boxes.map((box) => ({ box, distance: distanceTo(box.rect, point) }));
  return distances.reduce<(typeof distances)[number] | undefined>(
    (best, each) => (best && best.distance <= each.distance ? best : each),
    undefined,
  )?.box;
}

const distanceTo = ({ left, top, right, bottom }: Rect, { x, y }: Point): number =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));

function lineAt({ left, top, right, bottom }: Rect, edge: 'top' | 'bottom' | 'left' | 'right'): Rect {
  if (edge === 'top' || edge === 'bottom') {
    const y = edge === 'top' ? top : bottom;
    return { left, right, top: y - LINE_PX, bottom: y };
  }
  const x = edge === 'left' ? left : right;
  return { top, bottom, left: x - LINE_PX, right: x };
}
