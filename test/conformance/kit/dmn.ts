/**
 * The DMN Technology Compatibility Kit (github.com/dmn-tck/tck), from a checkout of whoever runs this: nothing of it is here. Every test case
 * goes through the compiler and the typed JSON of the command line. Where the kit expects an error, only null passes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compileDmn } from '#core/decision/compile.ts';
import type { CompiledDecision } from '#core/decision/compiled.ts';
import { evaluateValues } from '#core/decision/evaluate.ts';
import { jsonText } from '#core/feel/json-text.ts';
import { fromTypedJson, toTypedJson } from '#core/feel/typed-json.ts';
import { isContext, type Value } from '#core/feel/value.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { childOf, childrenOf, readXml, type XmlElement } from './xml.ts';

export interface KitResult {
  readonly folder: string;
  readonly passed: number;
  readonly failed: readonly string[];
}

const MOMENT = { at: '2026-01-01T00:00:00Z', zone: 'UTC' };

/** Every folder below that holds test cases. */
export async function runKit(root: string): Promise<readonly KitResult[]> {
  const folders = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dmn'))
    .map((entry) => entry.parentPath);
  const results: KitResult[] = [];
  for (const folder of [...new Set(folders)].sort()) results.push(await runFolder(folder, path.relative(root, folder) || '.'));
  return results;
}

async function runFolder(folder: string, name: string): Promise<KitResult> {
  const files = readdirSync(folder);
  const failed: string[] = [];
  let passed = 0;
  for (const file of files.filter((one) => one.endsWith('.xml'))) {
    const cases = readXml(readFileSync(path.join(folder, file), 'utf8'));
    const model = childOf(cases, 'modelName')?.text.trim() ?? '';
    const textOf = (one: string): string => readFileSync(path.join(folder, one), 'utf8');
    const beside = files.filter((one) => one.endsWith('.dmn') && one !== model).map((one) => ({ file: one, xml: textOf(one) }));
    const { decisions } = await compileDmn(textOf(model), beside);
    for (const testCase of childrenOf(cases, 'testCase')) {
      for (const result of childrenOf(testCase, 'resultNode')) {
        const problem = problemOf(decisions, testCase, result);
        if (problem === null) passed += 1;
        else failed.push(`${file} ${testCase.attributes.id ?? ''} ${result.attributes.name ?? ''}: ${problem}`);
      }
    }
  }
  return { folder: name, passed, failed };
}

function problemOf(decisions: Readonly<Record<string, CompiledDecision>>, testCase: XmlElement, result: XmlElement): string | null {
  try {
    const inputs = Object.fromEntries(childrenOf(testCase, 'inputNode').map((node) => [node.attributes.name ?? '', typedValueOf(node)]));
    const context = fromTypedJson(inputs);
    if (!isContext(context)) return 'inputs are no context';
    const name = testCase.attributes.invocableName ?? result.attributes.name ?? '';
    const decision = Object.values(decisions).find((one) => one.variable === name || one.name['zh-CN'] === name || one.id === name);
    const key = decision?.id ?? name;
    const { values, problems } = evaluateValues(decisions, [key], context, MOMENT);
    const value = values.get(key) ?? null;
    const expected = result.attributes.errorResult === 'true' ? null : typedValueOf(childOf(result, 'expected') ?? result);
    // Of a service with several outputs the case asks for one.
    const service = decision?.logic.kind === 'service' && decision.logic.outputs.length > 1 && isContext(value);
    const written = writtenOf(service ? (value[result.attributes.name ?? ''] ?? null) : value);
    const found = written === undefined ? 'a function' : written;
    if (isSame(expected, found)) return null;
    const why = problems
      .slice(0, 2)
      .map(({ message }) => message)
      .join(' ');
    return `expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)} ${why}`;
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error)}`;
  }
}

/** Undefined for a function. */
function writtenOf(value: Value): Json | undefined {
  const typed = toTypedJson(value);
  return typed === undefined ? undefined : (JSON.parse(jsonText(typed)) as Json);
}

/** As typed JSON. */
function typedValueOf(node: XmlElement): Json {
  const components = childrenOf(node, 'component');
  const list = childOf(node, 'list');
  if (list) return list.attributes.nil === 'true' ? null : childrenOf(list, 'item').map(typedValueOf);
  if (components.length > 0) {
    const [first] = components;
    if (components.length === 1 && first?.attributes.nil === 'true') return null;
    return Object.fromEntries(components.map((component) => [component.attributes.name ?? '', typedValueOf(component)]));
  }
  const value = childOf(node, 'value');
  if (!value || value.attributes.nil === 'true') return null;
  const type = value.attributes.type?.replace(/^.*:/, 'xsd:') ?? 'xsd:string';
  return { type, value: type === 'xsd:string' ? value.text : value.text.trim() };
}

const PLAIN = new Set(['xsd:string', 'xsd:boolean', 'xsd:decimal', 'xsd:double', 'xsd:integer']);

/** Numbers to eight digits, as the kit says; a typed value by its type and text. */
function isSame(expected: Json, found: Json): boolean {
  const [a, b] = [plain(expected), plain(found)];
  if (typeof a === 'number' && typeof b === 'number') return a === b || Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(a));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item: Json, index) => isSame(item, b[index] ?? null));
  if (isObject(a) && isObject(b)) {
    return (
      Object.keys(a).length === Object.keys(b).length &&
      Object.entries(a).every(([name, item]) => name in b && isSame(item ?? null, b[name] ?? null))
    );
  }
  return a === b;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of typed JSON the number, truth or text; dates and durations as FEEL writes them. */
function plain(value: Json): Json {
  if (!isObject(value) || typeof value.type !== 'string' || !('value' in value)) return value;
  if (!PLAIN.has(value.type)) return `${value.type} ${normalText(value)}`;
  if (value.type === 'xsd:string') return value.value ?? null;
  return value.type === 'xsd:boolean' ? value.value === 'true' : Number(value.value);
}

function normalText(value: JsonObject): string {
  const written = writtenOf(fromTypedJson(value));
  return isObject(written ?? null) ? String((written as JsonObject).value) : String(value.value);
}
