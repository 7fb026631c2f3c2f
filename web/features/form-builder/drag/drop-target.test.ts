import { describe, expect, it } from 'vitest';
import { type ItemBox, targetInTree, targetOnCanvas } from './drop-target.ts';

const box = (
  linkId: string,
  [left, top, right, bottom]: readonly [number, number, number, number],
  more: Partial<ItemBox> = {},
): ItemBox => ({
  linkId,
  parent: null,
  isGroup: false,
  rect: { left, top, right, bottom },
  ...more,
});
const AREA = { left: 0, top: 0, right: 600, bottom: 800 };
const said = ({ linkId, side }: { readonly linkId: string | null; readonly side: string }) => `${side} ${linkId}`;

describe('on the canvas', () => {
  const boxes = [
    box('g', [0, 0, 600, 300], { isGroup: true }),
    box('left', [10, 50, 290, 100], { parent: 'g' }),
    box('right', [310, 50, 590, 100], { parent: 'g' }),
    box('wide', [10, 120, 590, 200], { parent: 'g' }),
    box('empty', [0, 320, 600, 400], { isGroup: true }),
    box('alone', [0, 420, 600, 480]),
  ];

  it.each([
    ['before a group at its upper edge', 300, 4, 'before g'],
    ['behind it at its lower edge', 300, 296, 'after g'],
    ['left of a question that shares its line', 60, 80, 'before left'],
    ['right of it', 250, 80, 'after left'],
    ['left of its neighbour', 350, 60, 'before right'],
    ['above a question with a line of its own', 550, 130, 'before wide'],
    ['below it', 20, 190, 'after wide'],
    ['into a group between its items, to the nearest', 300, 230, 'after wide'],
    ['into a group that is empty', 300, 360, 'inside empty'],
    ['below everything, behind the last', 300, 700, 'after alone'],
  ] as const)('%s', (_, x, y, expected) => {
    expect(said(targetOnCanvas(boxes, AREA, { x, y }))).toBe(expected);
  });

  it('of an empty form is the form', () => {
    expect(said(targetOnCanvas([], AREA, { x: 1, y: 1 }))).toBe('inside null');
  });

  it('shows a line where it would come to stand', () => {
    expect(targetOnCanvas(boxes, AREA, { x: 550, y: 130 }).mark).toEqual({ left: 10, right: 590, top: 117, bottom: 120 });
    expect(targetOnCanvas(boxes, AREA, { x: 60, y: 80 }).mark).toEqual({ left: 7, right: 10, top: 50, bottom: 100 });
  });
});

describe('in the tree', () => {
  const rows = [
    box('g', [0, 0, 200, 30], { isGroup: true }),
    box('a', [0, 30, 200, 60], { parent: 'g' }),
    box('folded', [0, 60, 200, 90], { isGroup: true }),
    box('b', [0, 90, 200, 120]),
  ];
  const open = new Set(['g']);

  it.each([
    [2, 'before g'],
    [15, 'inside g'],
    [28, 'inside g'],
    [32, 'before a'],
    [58, 'after a'],
    [62, 'before folded'],
    [75, 'inside folded'],
    [88, 'after folded'],
    [118, 'after b'],
    [300, 'inside null'],
  ] as const)('at %i: %s', (y, expected) => {
    expect(said(targetInTree(rows, open, AREA, { x: 50, y }))).toBe(expected);
  });
});
