/**
 * Regular expressions without references, run as an automaton: all ways of reading a text go on side by side, so that the time grows with
 * the text and the pattern, and never with the number of ways. Of several matches it finds the one that a backtracking engine would (Pike).
 * What one character may be is asked of JavaScript; the source is in its syntax of sets.
 */

export interface Found {
  readonly from: number;
  readonly to: number;
  /** The whole match, then the groups; empty where a group matched nothing. */
  readonly groups: readonly string[];
}

type Step =
  | { readonly kind: 'character'; readonly is: (character: string) => boolean }
  /** Goes on at both, rather at the first. */
  | { kind: 'split'; first: number; second: number }
  | { kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'edge'; readonly isBegin: boolean }
  | { readonly kind: 'match' };

/** As many steps as each character of a text may take. */
const STEPS_MAX = 1_000;

type Tree =
  | { readonly kind: 'one'; readonly step: Step }
  | { readonly kind: 'all' | 'either'; readonly parts: readonly Tree[] }
  | { readonly kind: 'group'; readonly slot: number; readonly inner: Tree }
  | { readonly kind: 'repeat'; readonly inner: Tree; readonly from: number; readonly to: number; readonly isLazy: boolean };

const TOKEN = /\(\?:|\\[pP]\{[^}]*\}|\\.|\{(\d+)(,?)(\d*)\}|./suy;

/** Throws for what it does not know. */
export function automatonOf(source: string, flags: string): (text: string) => Iterable<Found> {
  const { tree, groups } = new Reader(source, flags.replace(/[^is]/g, '')).read();
  const steps: Step[] = [];
  write({ kind: 'group', slot: 0, inner: tree }, steps);
  steps.push({ kind: 'match' });
  return (text) => findAll({ steps, groups, isMultiline: flags.includes('m') }, text);
}

class Reader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;
  #groups = 1;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  read(): { readonly tree: Tree; readonly groups: number } {
    const tree = this.#either();
    if (this.#at < this.#source.length) throw new Error('A group ends that did not begin.');
    return { tree, groups: this.#groups };
  }

  #either(): Tree {
    const parts = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    return { kind: 'either', parts };
  }

  #sequence(): Tree {
    const parts: Tree[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? '')) parts.push(this.#repeated(this.#atom()));
    return { kind: 'all', parts };
  }

  #token(): RegExpExecArray | null {
    TOKEN.lastIndex = this.#at;
    return TOKEN.exec(this.#source);
  }

  #repeated(inner: Tree): Tree {
    const [sign = '', least = '', comma, most] = this.#token() ?? [];
    const counts =
      COUNTS[sign] ?? (least === '' ? null : [Number(least), comma ? Number(most || Number.POSITIVE_INFINITY) : Number(least)]);
    if (!counts) return inner;
    this.#at += sign.length;
    const isLazy = this.#source[this.#at] === '?';
    if (isLazy) this.#at += 1;
    const [from = 0, to = 0] = counts;
    return { kind: 'repeat', inner, from, to, isLazy };
  }

  #atom(): Tree {
    const token = this.#source[this.#at] === '[' ? this.#set() : (this.#token()?.[0] ?? '');
    this.#at += token.length;
    if (token === '^' || token === '$') return { kind: 'one', step: { kind: 'edge', isBegin: token === '^' } };
    if (token === '(' || token === '(?:') {
      const slot = token === '(' ? this.#groups++ : null;
      const inner = this.#either();
      if (this.#source[this.#at] !== ')') throw new Error('A group does not end.');
      this.#at += 1;
      return slot === null ? inner : { kind: 'group', slot, inner };
    }
    if (/^\\[1-9bBk]/.test(token)) throw new Error(`${token} is not known.`);
    const isItself = this.#flags === '' && /^[\p{L}\p{N}]$/u.test(token);
    const one = new RegExp(`^(?:${token})$`, `${this.#flags}v`);
    const is = (character: string): boolean => (isItself ? character === token : one.test(character));
    return { kind: 'one', step: { kind: 'character', is } };
  }

  /** With the sets in it. */
  #set(): string {
    let depth = 0;
    for (let at = this.#at; at < this.#source.length; at += 1) {
      const character = this.#source[at];
      if (character === '\\') at += 1;
      else if (character === '[') depth += 1;
      else if (character === ']') depth -= 1;
      if (depth === 0) return this.#source.slice(this.#at, at + 1);
    }
    throw new Error('A set does not end.');
  }
}

const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
};

function write(tree: Tree, steps: Step[]): void {
  if (steps.length > STEPS_MAX) throw new Error('It counts too far.');
  switch (tree.kind) {
    case 'one':
      steps.push(tree.step);
      return;
    case 'all':
      for (const part of tree.parts) write(part, steps);
      return;
    case 'group':
      steps.push({ kind: 'save', slot: tree.slot * 2 });
      write(tree.inner, steps);
      steps.push({ kind: 'save', slot: tree.slot * 2 + 1 });
      return;
    case 'either':
      writeEither(tree.parts, steps);
      return;
    case 'repeat':
      writeRepeat(tree, steps);
  }
}

function writeEither([first, ...rest]: readonly Tree[], steps: Step[]): void {
  if (!first) return;
  if (rest.length === 0) {
    write(first, steps);
    return;
  }
  const split = { kind: 'split' as const, first: steps.length + 1, second: 0 };
  steps.push(split);
  write(first, steps);
  const jump = { kind: 'jump' as const, to: 0 };
  steps.push(jump);
  split.second = steps.length;
  writeEither(rest, steps);
  jump.to = steps.length;
}

function writeRepeat({ inner, from, to, isLazy }: Extract<Tree, { kind: 'repeat' }>, steps: Step[]): void {
  for (let time = 0; time < from; time += 1) write(inner, steps);
  const splits: { split: { kind: 'split'; first: number; second: number } }[] = [];
  const maybe = (): number => {
    const split = { kind: 'split' as const, first: 0, second: 0 };
    const into = steps.push(split);
    write(inner, steps);
    if (isLazy) split.second = into;
    else split.first = into;
    splits.push({ split });
    return into - 1;
  };
  if (to === Number.POSITIVE_INFINITY) {
    const back = maybe();
    steps.push({ kind: 'jump', to: back });
  } else for (let time = from; time < to; time += 1) maybe();
  for (const { split } of splits) {
    if (isLazy) split.first = steps.length;
    else split.second = steps.length;
  }
}

interface Automaton {
  readonly steps: readonly Step[];
  readonly groups: number;
  readonly isMultiline: boolean;
}

/** A way of reading: where it is, and where groups began and ended. */
interface Thread {
  readonly at: number;
  readonly saved: readonly number[];
}

function* findAll(automaton: Automaton, text: string): Iterable<Found> {
  const characters = Array.from(text);
  const offsets = [0];
  for (const character of characters) offsets.push((offsets.at(-1) ?? 0) + character.length);
  let from = 0;
  while (from <= characters.length) {
    const saved = findFrom(automaton, characters, from);
    if (!saved) return;
    const [begin = 0, end = 0] = saved;
    const groups = Array.from({ length: automaton.groups }, (_, group) => {
      const [first, last] = [saved[group * 2] ?? -1, saved[group * 2 + 1] ?? -1];
      return first < 0 || last < 0 ? '' : characters.slice(first, last).join('');
    });
    yield { from: offsets[begin] ?? 0, to: offsets[end] ?? 0, groups };
    from = end > begin ? end : end + 1;
  }
}

function findFrom({ steps, isMultiline }: Automaton, characters: readonly string[], from: number): readonly number[] | null {
  const seenAt = new Int32Array(steps.length).fill(-1);
  const isEdge = (isBegin: boolean, position: number): boolean => {
    if (position === (isBegin ? 0 : characters.length)) return true;
    return isMultiline && characters[isBegin ? position - 1 : position] === '\n';
  };
  /** Goes through all that takes no character. */
  const add = (threads: Thread[], thread: Thread, position: number): void => {
    const waiting = [thread];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { at, saved } = next;
      const step = steps[at];
      if (!step || seenAt[at] === position) continue;
      seenAt[at] = position;
      if (step.kind === 'jump') waiting.push({ at: step.to, saved });
      else if (step.kind === 'split') waiting.push({ at: step.second, saved }, { at: step.first, saved });
      else if (step.kind === 'save') waiting.push({ at: at + 1, saved: withSaved(saved, step.slot, position) });
      else if (step.kind === 'edge') {
        if (isEdge(step.isBegin, position)) waiting.push({ at: at + 1, saved });
      } else threads.push(next);
    }
  };
  let found: readonly number[] | null = null;
  let threads: Thread[] = [];
  for (let position = from; position <= characters.length; position += 1) {
    if (!found) add(threads, { at: 0, saved: [] }, position);
    if (threads.length === 0 && found) break;
    const later: Thread[] = [];
    for (const { at, saved } of threads) {
      const step = steps[at];
      if (step?.kind === 'match') {
        found = saved;
        // What comes after it would be less wanted.
        break;
      }
      if (step?.kind === 'character' && position < characters.length && step.is(characters[position] ?? ''))
        add(later, { at: at + 1, saved }, position + 1);
    }
    threads = later;
  }
  return found;
}

function withSaved(saved: readonly number[], slot: number, position: number): readonly number[] {
  const copy = [...saved];
  while (copy.length < slot) copy.push(-1);
  copy[slot] = position;
  return copy;
}
