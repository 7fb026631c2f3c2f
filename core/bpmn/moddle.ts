/** The part of bpmn-moddle that we use, in types of ours: its own describe every element and no way to walk over all of them. */
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

export interface ModdleElement {
  readonly $type: string;
  /** Attributes that no descriptor knows; absent on elements of unknown namespaces. */
  readonly $attrs?: Readonly<Record<string, unknown>>;
  readonly $descriptor?: { readonly isGeneric?: boolean };
  readonly $parent?: ModdleElement;
  readonly id?: string;
  readonly name?: string;
  readonly [property: string]: unknown;
}

export interface ModdleWarning {
  readonly message: string;
  readonly element?: ModdleElement;
  readonly property?: string;
  readonly value?: string;
}

export interface ParsedXml {
  readonly definitions: ModdleElement;
  readonly warnings: readonly ModdleWarning[];
}

/** Throws what moddle throws where the XML cannot be read at all. */
export async function readXml(xml: string): Promise<ParsedXml> {
  const moddle = new BpmnModdle({ zeebe });
  const { rootElement, warnings } = await moddle.fromXML(xml, 'bpmn:Definitions');
  return { definitions: rootElement, warnings };
}

const isElement = (value: unknown): value is ModdleElement => typeof value === 'object' && value !== null && '$type' in value;

export const elementsIn = (element: ModdleElement | undefined, property: string): readonly ModdleElement[] => {
  const value = element?.[property];
  return Array.isArray(value) ? value.filter(isElement) : [];
};

export const elementAt = (element: ModdleElement | undefined, property: string): ModdleElement | undefined => {
  const value = element?.[property];
  return isElement(value) ? value : undefined;
};

export const textAt = (element: ModdleElement | undefined, property: string): string | undefined => {
  const value = element?.[property];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** `bpmn:UserTask` → `userTask`: BPMN's own word, as it stands in graphs and events. */
export const wordOf = ({ $type }: ModdleElement): string => {
  const name = $type.slice($type.indexOf(':') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
};

/** The element's id, or that of the nearest one around it that has an id. */
export function idOf(element: ModdleElement | undefined): string {
  for (let at = element; at; at = at.$parent) if (at.id) return at.id;
  return 'definitions';
}

/** The extension elements of one type, `zeebe:ioMapping` written as `zeebe:IoMapping`. */
export const extensionsOf = (element: ModdleElement | undefined): readonly ModdleElement[] =>
  elementsIn(elementAt(element, 'extensionElements'), 'values');

export const extensionOf = (element: ModdleElement | undefined, type: string): ModdleElement | undefined =>
  extensionsOf(element).find(({ $type }) => $type === type);
