/**
 * A resource while it is filled. Lists without slices have no names for their members, so what stands together in the form stands together in a
 * member: within one layer each list on the way has one member, and another layer (a row, a further answer) begins others.
 */
import type { Element, ElementModel } from './element-model.ts';
import type { Valued } from './element-value.ts';

type Node = Record<string, unknown>;

/** Node → list element → the member of it that this layer fills. */
export type Layer = Map<Node, Map<string, Node>>;

/** Somewhere in a resource: the resource itself, or an element that a group stands for. */
export interface Place {
  /** As definitions write it: `Patient.contact`. */
  readonly path: string;
  readonly modelPath: string;
  readonly node: Node;
}

/** `slice`: a member of a list is meant by a name. `taken`: there is another value, and no list to put this one into. */
export type Refusal = 'element' | 'slice' | 'type' | 'taken';

export class Draft {
  readonly resource: Node;
  readonly root: Place;
  /** Answers in it; without any it comes to nothing. */
  answers = 0;

  constructor(
    private readonly model: ElementModel,
    readonly type: string,
  ) {
    this.resource = { resourceType: type };
    this.root = { path: type, modelPath: type, node: this.resource };
  }

  /** `choose` picks among the elements that the last name of the path may mean. */
  put(path: string, from: Place, layer: Layer, choose: (elements: readonly Element[]) => Valued | null): Refusal | null {
    const walked = this.walk(path, from, layer);
    if (typeof walked === 'string') return walked;
    const { node, elements } = walked;
    const chosen = choose(elements);
    if (!chosen) return 'type';
    const { key, isList } = chosen.element;
    if (isList) {
      node[key] = [...((node[key] as readonly unknown[] | undefined) ?? []), chosen.value];
      return null;
    }
    if (node[key] !== undefined && JSON.stringify(node[key]) !== JSON.stringify(chosen.value)) return 'taken';
    node[key] = chosen.value;
    return null;
  }

  /** A new member of a list, or the one element: what a group stands for. */
  enter(path: string, from: Place, layer: Layer): Place | Refusal {
    const walked = this.walk(path, from, layer);
    if (typeof walked === 'string') return walked;
    const [element, ...others] = walked.elements;
    if (!element || others.length > 0 || /^[a-z]/.test(element.type)) return 'type';
    return { path, modelPath: element.path, node: element.isList ? addMember(walked.node, element.key) : only(walked.node, element.key) };
  }

  /** To the node that holds the last name of the path. */
  private walk(path: string, from: Place, layer: Layer): { readonly node: Node; readonly elements: readonly Element[] } | Refusal {
    if (path.includes(':')) return 'slice';
    const names = path.slice(from.path.length + 1).split('.');
    const last = names.pop() ?? '';
    let { node, modelPath } = from;
    for (const name of names) {
      const [element, ...others] = this.model.elements(modelPath, name);
      if (!element || others.length > 0 || /^[a-z]/.test(element.type)) return 'element';
      node = element.isList ? memberOf(node, element.key, layer) : only(node, element.key);
      modelPath = element.path;
    }
    const elements = this.model.elements(modelPath, last);
    return elements.length === 0 ? 'element' : { node, elements };
  }
}

function memberOf(node: Node, key: string, layer: Layer): Node {
  const members = layer.get(node) ?? new Map<string, Node>();
  layer.set(node, members);
  const member = members.get(key) ?? addMember(node, key);
  members.set(key, member);
  return member;
}

function addMember(node: Node, key: string): Node {
  const member: Node = {};
  node[key] = [...((node[key] as readonly unknown[] | undefined) ?? []), member];
  return member;
}

function only(node: Node, key: string): Node {
  const child = (node[key] as Node | undefined) ?? {};
  node[key] = child;
  return child;
}

/** Without what was begun and never filled; undefined where nothing is left. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(withoutEmpty).filter((each) => each !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, each]) => {
    const inner = withoutEmpty(each);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
