/** What names mean, from the inside out. */
import { isContext, type Value } from './value.ts';

export class Scope {
  readonly names: Readonly<Record<string, Value>>;
  readonly parent: Scope | null;

  constructor(names: Readonly<Record<string, Value>>, parent: Scope | null = null) {
    this.names = names;
    this.parent = parent;
  }

  /** Undefined where nothing has such a name. */
  find(name: string): Value | undefined {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const value = memberOf(scope.names, name);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

/** Undefined where it has no such member. */
export function memberOf(context: Readonly<Record<string, Value>>, name: string): Value | undefined {
  if (Object.hasOwn(context, name)) return context[name] ?? null;
  // Names may be written with other spaces, as in `a-b` and `a - b`.
  if (PLAIN.test(name)) return undefined;
  for (const key in context) if (!PLAIN.test(key) && normalName(key) === name) return context[key] ?? null;
  return undefined;
}

const PLAIN = /^[\p{L}\p{N}_$]+$/u;

/** One way of writing a name: single spaces between words, none around signs. */
export const normalName = (name: string): string =>
  PLAIN.test(name)
    ? name
    : name
        .trim()
        .replace(/\s*([./\-'+*])\s*/g, '$1')
        .replace(/\s+/g, ' ');

/** Names of which the parser must be told, with what is in them: those that are not a single word. */
export interface Shape {
  readonly [name: string]: Shape;
}

/** No name in it needs to be told to the parser. */
export const isPlainShape = (shape: Shape): boolean =>
  shape === EMPTY_SHAPE || Object.entries(shape).every(([name, inner]) => PLAIN.test(name) && isPlainShape(inner));

export const EMPTY_SHAPE: Shape = {};
const DEPTH_MAX = 6;
const ITEMS_MAX = 20;

/** Of the members that `words` may speak of. */
export function shapeOf(value: Readonly<Record<string, Value>>, words: ReadonlySet<string>): Shape {
  return shapeWithin(value, words, DEPTH_MAX) ?? EMPTY_SHAPE;
}

function shapeWithin(value: Value, words: ReadonlySet<string>, depth: number): Shape | null {
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  if (Array.isArray(value)) return shapeOfList(value, words, depth);
  if (!isContext(value)) return null;
  let shape: Record<string, Shape> | null = null;
  for (const name in value) {
    const isPlain = PLAIN.test(name);
    if (!words.has(isPlain ? name : firstWord(name))) continue;
    const inner = shapeWithin(value[name] ?? null, words, depth - 1);
    if (!inner && isPlain) continue;
    shape ??= {};
    shape[name] = inner ?? EMPTY_SHAPE;
  }
  return shape;
}

function shapeOfList(list: readonly Value[], words: ReadonlySet<string>, depth: number): Shape | null {
  let shape: Shape | null = null;
  for (const item of list.slice(0, ITEMS_MAX)) {
    const inner = shapeWithin(item, words, depth);
    if (inner) shape = mergeShapes(shape ?? EMPTY_SHAPE, inner);
  }
  return shape;
}

export function mergeShapes(a: Shape, b: Shape): Shape {
  if (a === EMPTY_SHAPE) return b;
  const merged: Record<string, Shape> = { ...a };
  for (const [name, inner] of Object.entries(b)) merged[name] = mergeShapes(merged[name] ?? EMPTY_SHAPE, inner);
  return merged;
}

const firstWord = (name: string): string => /[\p{L}\p{N}_$]+/u.exec(name)?.[0] ?? '';

export const wordsOf = (source: string): ReadonlySet<string> => new Set(source.match(/[\p{L}\p{N}_$]+/gu));
