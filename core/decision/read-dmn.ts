/** DMN XML of versions 1.1 to 1.5 as elements. dmn-moddle knows 1.3; what came with 1.4 and 1.5 is added to its description of the language. */
import { DmnModdle } from 'dmn-moddle';

export interface DmnElement {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly name?: string;
  readonly [property: string]: unknown;
}

export interface ReadDmn {
  readonly definitions: DmnElement;
  readonly warnings: readonly string[];
}

/** Throws a message for people where the text is not DMN. */
export async function readDmn(xml: string): Promise<ReadDmn> {
  const { rootElement, warnings } = await moddle().fromXML(asDmn13(xml));
  if (rootElement.$type !== 'dmn:Definitions') throw new Error(`the root is ${rootElement.$type}`);
  const entity = unknownEntity(xml);
  const unread = entity === undefined ? [] : [`there is no entity ${entity}`];
  return { definitions: rootElement, warnings: [...unread, ...warnings.filter(isOurs).map(({ message }) => firstLine(message))] };
}

/** The reader takes it for text; whoever wrote it meant a character. */
const unknownEntity = (xml: string): string | undefined =>
  /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)[\w.-]*;?/i.exec(xml.replace(/<!\[CDATA\[.*?\]\]>|<!--.*?-->/gs, ''))?.[0];

export const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** What other tools keep in elements of their own, and where things are drawn, changes no decision. */
const isOurs = ({ message, element }: ModdleWarning): boolean =>
  !/unresolved reference|<(?!dmn:)\w+:/.test(message) && (element === undefined || element.$type.startsWith('dmn:'));

interface ModdleWarning {
  readonly message: string;
  readonly element?: DmnElement;
}

/** The namespaces of 1.1, 1.2, 1.3, 1.4 and 1.5; any other is no version that is known. */
const MODEL = /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20151101\/dmn\.xsd|(?:20180521|20191111|20211108|20230324)\/MODEL\/)/g;
const DIAGRAM = /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20180521|20191111|20211108|20230324)\/DMNDI\//g;

const asDmn13 = (xml: string): string =>
  xml.replace(MODEL, 'https://www.omg.org/spec/DMN/20191111/MODEL/').replace(DIAGRAM, 'https://www.omg.org/spec/DMN/20191111/DMNDI/');

function moddle(): DmnModdle {
  const dmn = new DmnModdle().getPackage('dmn');
  const known = dmn.types.filter(({ name }) => name !== 'ItemDefinition');
  const item = dmn.types
    .filter(({ name }) => name === 'ItemDefinition')
    .map((type) => ({ ...type, properties: [...type.properties, TYPE_CONSTRAINT] }));
  return new DmnModdle({ dmn: { ...dmn, types: [...known, ...item, ...BOXED_OF_1_4] } });
}

const property = (name: string, type: string) => ({ name, type, xml: { serialize: 'property' } });
const child = (name: string) => property(name, 'ChildExpression');
const attribute = (name: string) => ({ name, type: 'String', isAttr: true });

/** DMN 1.5, table 39. */
const TYPE_CONSTRAINT = property('typeConstraint', 'UnaryTests');

/** DMN 1.4, 10.2.1.7 to 10.2.1.10. */
const BOXED_OF_1_4 = [
  {
    name: 'ChildExpression',
    properties: [
      { ...attribute('id'), isId: true },
      { name: 'value', type: 'Expression' },
    ],
  },
  { name: 'TypedChildExpression', superClass: ['ChildExpression'], properties: [attribute('typeRef')] },
  { name: 'Conditional', superClass: ['Expression'], properties: [child('if'), child('then'), child('else')] },
  { name: 'Filter', superClass: ['Expression'], properties: [child('in'), child('match')] },
  {
    name: 'Iterator',
    superClass: ['Expression'],
    isAbstract: true,
    properties: [attribute('iteratorVariable'), property('in', 'TypedChildExpression')],
  },
  { name: 'For', superClass: ['Iterator'], properties: [child('return')] },
  { name: 'Quantified', superClass: ['Iterator'], isAbstract: true, properties: [child('satisfies')] },
  { name: 'Some', superClass: ['Quantified'], properties: [] },
  { name: 'Every', superClass: ['Quantified'], properties: [] },
];

export const isElement = (value: unknown): value is DmnElement => typeof value === 'object' && value !== null && '$type' in value;

export function elementsAt(element: DmnElement | undefined, name: string): readonly DmnElement[] {
  const value = element?.[name];
  return Array.isArray(value) ? value.filter(isElement) : [];
}

export function elementAt(element: DmnElement | undefined, name: string): DmnElement | undefined {
  const value = element?.[name];
  return isElement(value) ? value : undefined;
}

/** Without the spaces around it; undefined where there is none. */
export function textAt(element: DmnElement | undefined, name: string): string | undefined {
  const value = element?.[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export const flagAt = (element: DmnElement, name: string): boolean => element[name] === true;

/** Without the prefix of the package. */
export const typeOf = (element: DmnElement): string => element.$type.replace(/^dmn:/, '');
