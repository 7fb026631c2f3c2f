/**
 * What differs between two versions of a flow: of its elements, sequence flows, decisions and forms, with the fields. It compares what is
 * executed, not how it is drawn: a diagram whose shapes were moved has no differences.
 */
import type { GraphElement, ProcessGraph, SequenceFlow } from '#core/bpmn/graph.ts';
import type { CompiledDecision } from '#core/decision/compiled.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { LocalizedText } from '#core/text.ts';
import { type FieldChange, fieldChanges } from './fields.ts';

/** A version with the forms that its graph pins, by key. */
export interface VersionContent {
  readonly graph: ProcessGraph;
  readonly forms: Readonly<Record<string, Questionnaire>>;
}

export interface Difference {
  readonly id: string;
  readonly name: LocalizedText | null;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Empty for what was added or removed as a whole. */
  readonly fields: readonly FieldChange[];
}

export interface ElementDifference extends Difference {
  readonly elementType: GraphElement['elementType'];
}

export interface FormDifference extends Difference {
  readonly items: readonly Difference[];
}

export interface VersionDiff {
  readonly elements: readonly ElementDifference[];
  readonly flows: readonly Difference[];
  readonly decisions: readonly Difference[];
  readonly forms: readonly FormDifference[];
}

export function diffVersions(before: VersionContent, after: VersionContent): VersionDiff {
  const { graph: old } = before;
  const { graph } = after;
  return {
    elements: elementDifferences(old.elements, graph.elements),
    flows: differences(old.flows, graph.flows, { name: flowName, fields: ({ id: _, ...flow }) => flow }),
    decisions: differences<CompiledDecision>(old.decisions, graph.decisions, {
      name: ({ name }) => name,
      fields: ({ id: _, ...rest }) => rest,
    }),
    forms: formDifferences(before.forms, after.forms),
  };
}

export const isSameVersion = ({ elements, flows, decisions, forms }: VersionDiff): boolean =>
  [elements, flows, decisions, forms].every(({ length }) => length === 0);

interface Reading<Entry> {
  readonly name: (entry: Entry) => LocalizedText | null;
  /** What is compared of an entry. */
  readonly fields: (entry: Entry) => object;
}

function differences<Entry>(
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
  { name, fields }: Reading<Entry>,
): readonly Difference[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return ids.flatMap((id): readonly Difference[] => {
    const [old, now] = [before[id], after[id]];
    if (old === undefined) return now === undefined ? [] : [{ id, name: name(now), kind: 'added', fields: [] }];
    if (now === undefined) return [{ id, name: name(old), kind: 'removed', fields: [] }];
    const changes = fieldChanges(fields(old), fields(now));
    return changes.length > 0 ? [{ id, name: name(now), kind: 'changed', fields: changes }] : [];
  });
}

type Elements = ProcessGraph['elements'];

function elementDifferences(before: Elements, after: Elements): readonly ElementDifference[] {
  return differences(before, after, { name: ({ name }) => name, fields: elementFields }).flatMap((difference) => {
    const element = after[difference.id] ?? before[difference.id];
    return element ? [{ ...difference, fields: withoutRepeated(difference.fields), elementType: element.elementType }] : [];
  });
}

/** Its sequence flows are told with the flows. */
function elementFields({ id: _id, incoming: _incoming, outgoing: _outgoing, ...element }: GraphElement): object {
  return element;
}

/** Properties as written are repeated in the typed fields they were lowered to; alone they are news for tools. */
function withoutRepeated(fields: readonly FieldChange[]): readonly FieldChange[] {
  const typed = fields.filter(({ path }) => !path.startsWith('properties.'));
  return typed.length > 0 ? typed : fields;
}

const flowName = ({ name }: SequenceFlow): LocalizedText | null => (name === undefined ? null : { 'zh-CN': name });

function formDifferences(
  before: Readonly<Record<string, Questionnaire>>,
  after: Readonly<Record<string, Questionnaire>>,
): readonly FormDifference[] {
  const found = differences(before, after, { name: titleOf, fields: (form) => form });
  return found.map(({ fields: _, ...difference }) => {
    const [old, now] = [before[difference.id], after[difference.id]];
    if (!old || !now) return { ...difference, fields: [], items: [] };
    return { ...difference, fields: fieldChanges(headOf(old), headOf(now)), items: itemDifferences(old, now) };
  });
}

const titleOf = ({ title }: Questionnaire): LocalizedText | null => (title === undefined ? null : { 'zh-CN': title });

const headOf = ({ item: _, ...head }: Questionnaire): object => head;

const itemDifferences = (before: Questionnaire, after: Questionnaire): readonly Difference[] =>
  differences(itemsOf(before), itemsOf(after), {
    name: ({ text }) => (text === undefined ? null : { 'zh-CN': text }),
    fields: ({ linkId: _, ...item }) => item,
  });

/** Every item by its link id, without those inside it, but with where it stands. */
function itemsOf(form: Questionnaire): Readonly<Record<string, PlacedItem>> {
  const placed = (items: readonly QuestionnaireItem[], inside: string | null): readonly PlacedItem[] =>
    items.flatMap(({ item = [], ...own }) => [{ ...own, inside }, ...placed(item, own.linkId)]);
  return Object.fromEntries(placed(form.item ?? [], null).map((item) => [item.linkId, item]));
}

type PlacedItem = Omit<QuestionnaireItem, 'item'> & { readonly inside: string | null };
