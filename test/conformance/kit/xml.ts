/** XML as a tree, for the test cases of kits; names without their prefixes. */
import { Parser } from 'saxen';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Building {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Building[];
  text: string;
}

export function readXml(source: string): XmlElement {
  const root: Building = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  const parser = new Parser();
  parser.on('openTag', (name, attributes, decode) => {
    const own = Object.entries(attributes()).map(([key, value]) => [localName(key), decode(value)]);
    const element: Building = { name: localName(name), attributes: Object.fromEntries(own), children: [], text: '' };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on('closeTag', () => void stack.pop());
  parser.on('text', (text, decode) => addText(stack.at(-1), decode(text)));
  parser.on('cdata', (text) => addText(stack.at(-1), text));
  parser.on('error', (error) => {
    throw error;
  });
  parser.parse(source.replace(/^\uFEFF/, ''));
  return root.children[0] ?? root;
}

function addText(element: Building | undefined, text: string): void {
  if (element) element.text += text;
}

const localName = (name: string): string => name.replace(/^.*:/, '');

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);
export const childOf = (element: XmlElement, name: string): XmlElement | undefined => childrenOf(element, name)[0];
