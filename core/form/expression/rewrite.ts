/**
 * An expression as we run it. Engines walk the whole response to find the answers to one question; the form knows where they are, so such a
 * walk becomes a look-up of the question's items. What has a type only by its place (the focus, the item's definition) and what the clock
 * says are given as parts of resources, by which the engine knows their types. Beside that: what the expression reads.
 */
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { SyntaxNode } from './engine.ts';

export interface Rewritten {
  readonly source: string;
  /** Link ids whose items it looks up, by the variable under which it finds them. */
  readonly lookUps: ReadonlyMap<string, string>;
  /** Other variables that it names, without our own. */
  readonly names: ReadonlySet<string>;
  /** Link ids that it asks for in any way. */
  readonly asked: ReadonlySet<string>;
  /** Regular expressions that stand in it as text. */
  readonly patterns: readonly string[];
  /** It reads more of the response than it looks up: by a walk. */
  readonly readsAll: boolean;
  /** It reads what stands at its place and below. */
  readonly readsHere: boolean;
  readonly readsClock: 'no' | 'day' | 'moment';
}

/** Our own variables: resources, so that a path into them has a type. */
export const CONTEXT = 'bhContext';
export const DEFINITION = 'bhDefinition';
export const NOW = 'bhNow';
export const TODAY = 'bhToday';
export const TIME_OF_DAY = 'bhTimeOfDay';
/** Of the zone of `now`, as a text: no expression reads it, the engine does. */
export const OFFSET = 'bhOffset';

/** What stands in the place of a call to the clock. */
const CLOCK: ReadonlyMap<string | null, string> = new Map([
  ['now', `%${NOW}.authored`],
  ['today', `%${TODAY}.birthDate`],
  ['timeOfDay', `%${TIME_OF_DAY}.value`],
]);

const PATTERNED: ReadonlySet<string> = new Set(['matches', 'matchesFull', 'replaceMatches']);

/** At the beginning of a path they look at nothing but what they are given. */
const READS_ARGUMENTS: ReadonlySet<string> = new Set(['today', 'now', 'timeOfDay', 'iif']);

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function rewrite(questionnaire: Questionnaire, source: string, tree: SyntaxNode): Rewritten {
  const replacements: Replacement[] = [];
  const lookUps = new Map<string, string>();
  const names = new Set<string>();
  const asked = new Set<string>();
  const patterns: string[] = [];
  const offsets = lineOffsets(source);
  let readsAll = false;
  let readsHere = false;
  let readsClock: Rewritten['readsClock'] = 'no';

  const offsetOf = ({ start }: SyntaxNode): number => (offsets[(start?.line ?? 1) - 1] ?? 0) + (start?.column ?? 1) - 1;
  const replace = (from: number, to: number, text: string): void => void replacements.push({ from, to, text });

  const note = (node: SyntaxNode): void => {
    const literal = linkIdAskedBy(node);
    if (literal) asked.add(nameOf(literal));
    if (PATTERNED.has(functionOf(node) ?? '')) patterns.push(nameOf(node.children?.[0]?.children?.[1]?.children?.[0] ?? node));
    for (const child of node.children ?? []) note(child);
  };

  /** `isHere`: a path that begins there begins at the focus of the whole expression. */
  const visit = (node: SyntaxNode, isHere: boolean): void => {
    const chain = chainAt(questionnaire, node);
    if (chain) {
      const variable = [...lookUps].find(([, linkId]) => linkId === chain.linkId)?.[0] ?? `bhItem${lookUps.size}`;
      lookUps.set(variable, chain.linkId);
      const literal = offsetOf(chain.literal) + (chain.literal.length ?? 0);
      replace(offsetOf(chain.root), literal + closing(source, literal), `%${variable}.item`);
      return;
    }
    if (node.type === 'ExternalConstantTerm') {
      const name = nameOf(node);
      const end = offsetOf(node) + tokenLength(source, offsetOf(node));
      if (name === 'resource') readsAll = true;
      else if (name === 'rootResource') {
        // A response stands by itself: it is its own root.
        readsAll = true;
        replace(offsetOf(node), end, '%resource');
      } else if (name === 'context') {
        readsHere = true;
        replace(offsetOf(node), end, `%${CONTEXT}.item`);
      } else if (name === 'qitem') replace(offsetOf(node), end, `%${DEFINITION}.item`);
      else if (name !== '') names.add(name);
      return;
    }
    const called = node.type === 'FunctionInvocation' ? functionOf(node) : null;
    const clock = CLOCK.get(called);
    if (called !== null && clock !== undefined) {
      readsClock = called !== 'today' || readsClock === 'moment' ? 'moment' : 'day';
      const from = offsetOf(node);
      const open = from + called.length;
      replace(from, open + (/^\s*\(\s*\)/.exec(source.slice(open))?.[0].length ?? 0), clock);
      return;
    }
    const [first, ...others] = node.children ?? [];
    if (node.type === 'InvocationTerm' && !(first?.type === 'FunctionInvocation' && READS_ARGUMENTS.has(functionOf(first) ?? '')))
      readsHere ||= isHere;
    // A function on a path gives its arguments a focus of their own.
    const isStep = node.type === 'InvocationExpression';
    if (first) visit(first, isHere);
    for (const child of others) visit(child, isHere && !isStep);
  };
  note(tree);
  visit(tree, true);
  return { source: replaced(source, replacements), lookUps, names, asked, patterns, readsAll, readsHere, readsClock };
}

function replaced(source: string, replacements: readonly Replacement[]): string {
  let text = source;
  for (const { from, to, text: instead } of [...replacements].sort((a, b) => b.from - a.from))
    text = text.slice(0, from) + instead + text.slice(to);
  return text;
}

function lineOffsets(source: string): readonly number[] {
  const offsets = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}

/** `%name`, `%'name'` or `` %`name` ``. */
const tokenLength = (source: string, from: number): number =>
  /^%\s*(?:`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|[A-Za-z_][A-Za-z0-9_]*)/.exec(source.slice(from))?.[0].length ?? 1;

/** From a literal to behind the parenthesis that closes after it. */
const closing = (source: string, from: number): number => /^\s*\)/.exec(source.slice(from))?.[0].length ?? 0;

function nameOf(node: SyntaxNode): string {
  if (node.type === 'Identifier' || node.type === 'StringLiteral') return unquoted(node.text ?? '');
  if (node.delimitedText?.startsWith("'")) return unquoted(node.delimitedText);
  const found = (node.children ?? []).map(nameOf).find((name) => name !== '');
  return found ?? '';
}

const unquoted = (text: string): string => (/^[`'].*[`']$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text);

function functionOf(node: SyntaxNode): string | null {
  const [call] = node.children ?? [];
  return call?.type === 'Functn' ? (call.text ?? null) : null;
}

interface Chain {
  readonly linkId: string;
  /** `%resource` */
  readonly root: SyntaxNode;
  /** The link id as it stands in the last `where`. */
  readonly literal: SyntaxNode;
}

/** `%resource` and steps that lead to all items of one question and to nothing else. */
function chainAt(questionnaire: Questionnaire, node: SyntaxNode): Chain | null {
  const steps: SyntaxNode[] = [];
  let at: SyntaxNode | undefined = node;
  while (at?.type === 'InvocationExpression') {
    const [left, step]: readonly SyntaxNode[] = at.children ?? [];
    if (!step) return null;
    steps.unshift(step);
    at = left;
  }
  const root = at?.type === 'TermExpression' ? at.children?.[0] : at;
  const last = steps.at(-1);
  const literal = last && linkIdAskedBy(last);
  if (root?.type !== 'ExternalConstantTerm' || nameOf(root) !== 'resource' || !literal) return null;
  let places: readonly Place[] = [{ kind: 'form' }];
  for (const step of steps) places = follow(questionnaire, places, step);
  const [place, ...others] = places;
  return place?.kind === 'item' && others.length === 0 ? { linkId: place.item.linkId, root, literal } : null;
}

/** Where a step can stand: the response, the items of one definition, or the answers to them. */
type Place =
  | { readonly kind: 'form' }
  | { readonly kind: 'item'; readonly item: QuestionnaireItem }
  | { readonly kind: 'answer'; readonly item: QuestionnaireItem };

function follow(questionnaire: Questionnaire, places: readonly Place[], step: SyntaxNode): readonly Place[] {
  const asked = linkIdAskedBy(step);
  if (asked) {
    const linkId = nameOf(asked);
    return places.filter((place) => place.kind === 'item' && place.item.linkId === linkId);
  }
  if (step.type === 'MemberInvocation' && step.text === 'item') {
    const [only, ...others] = places;
    return only && others.length === 0
      ? itemsBelow(questionnaire, only)
      : distinct(places.flatMap((place) => itemsBelow(questionnaire, place)));
  }
  if (step.type === 'MemberInvocation' && step.text === 'answer') {
    return places.flatMap((place) =>
      place.kind === 'item' && isQuestion(place.item) ? [{ kind: 'answer', item: place.item } as const] : [],
    );
  }
  const called = functionOf(step);
  const argument = step.children?.[0]?.children?.[1]?.children;
  if (called === 'repeat' && argument?.length === 1 && argument[0]?.text === 'item') return below(questionnaire, places, false);
  if (called === 'descendants' && !argument?.length) return below(questionnaire, places, true);
  return [];
}

const isQuestion = ({ type }: QuestionnaireItem): boolean => type !== 'group' && type !== 'display';

function itemsBelow(questionnaire: Questionnaire, place: Place): readonly Place[] {
  if (place.kind === 'form') return itemsOf(questionnaire);
  // Items below a question stand in its answers.
  return place.kind === 'answer' || !isQuestion(place.item) ? itemsOf(place.item) : [];
}

const known = new WeakMap<object, readonly Place[]>();

function itemsOf(owner: Questionnaire | QuestionnaireItem): readonly Place[] {
  const before = known.get(owner);
  if (before) return before;
  const places = distinct((owner.item ?? []).map((item): Place => ({ kind: 'item', item })));
  known.set(owner, places);
  return places;
}

/** Everything that is reached by going on, through answers as well or not. */
function below(questionnaire: Questionnaire, places: readonly Place[], throughAnswers: boolean): readonly Place[] {
  const found: Place[] = [];
  const open = [...places];
  for (let place = open.pop(); place; place = open.pop()) {
    const next = itemsBelow(questionnaire, place);
    const answers =
      throughAnswers && place.kind === 'item' && isQuestion(place.item) ? itemsBelow(questionnaire, { ...place, kind: 'answer' }) : [];
    for (const each of [...next, ...answers]) {
      found.push(each);
      open.push(each);
    }
  }
  return distinct(found);
}

/** An item that is reached twice would be found twice: then it is not for us to say how often. */
function distinct(places: readonly Place[]): readonly Place[] {
  const ids = places.map((place) => `${place.kind} ${place.kind === 'form' ? '' : place.item.linkId}`);
  return new Set(ids).size === ids.length ? places : [];
}

/** The literal in `where(linkId = '…')`. */
function linkIdAskedBy(step: SyntaxNode): SyntaxNode | null {
  if (functionOf(step) !== 'where') return null;
  const [condition, ...others] = step.children?.[0]?.children?.[1]?.children ?? [];
  if (condition?.type !== 'EqualityExpression' || condition.text !== '=' || others.length > 0) return null;
  const [left, right] = condition.children ?? [];
  const member = left?.children?.[0]?.children?.[0];
  const literal = right?.children?.[0]?.type === 'LiteralTerm' ? right.children[0] : undefined;
  const isLinkId = member?.type === 'MemberInvocation' && member.text === 'linkId';
  return isLinkId && literal?.children?.[0]?.type === 'StringLiteral' ? literal : null;
}
