/**
 * DMN XML → compiled decisions, or findings (DMN 1.1 to 1.5). Whatever cannot be evaluated is named in a finding, never left out in silence.
 * Stays outside the workflow: the graph carries its result.
 */
import type { Finding } from '#core/bpmn/finding.ts';
import type { Types } from '#core/feel/compile-type.ts';
import type { FeelType } from '#core/feel/type.ts';
import { checkDecisions } from './check.ts';
import { compileFunction, compileLogic, withType } from './compile-logic.ts';
import type { CompiledDecision, RequiredInput } from './compiled.ts';
import { type DmnElement, elementAt, elementsAt, firstLine, isElement, readDmn, textAt, typeOf } from './read-dmn.ts';
import { readTypes, reportUnknownType } from './read-types.ts';
import { checkLanguage, type Reading, typeAtElement } from './reading.ts';
import type { Report, ReportOn } from './report.ts';

export interface CompiledDecisions {
  /** By id, and what was imported by `namespace#id`. */
  readonly decisions: Readonly<Record<string, CompiledDecision>>;
  readonly findings: readonly Finding[];
  /** Those of one decision, model or service, by its key; the others are about the whole file. */
  readonly findingsOf: ReadonlyMap<string, readonly Finding[]>;
}

/** A file that another may import. */
export interface Beside {
  readonly file: string;
  readonly xml: string;
}

export async function compileDmn(xml: string, beside: readonly Beside[] = []): Promise<CompiledDecisions> {
  const findings: Finding[] = [];
  const findingsOf = new Map<string, Finding[]>();
  const report: Report = (elementId, rule, message, messageZh, severity = 'error') =>
    findings.push({ elementId, rule, severity, message, messageZh });
  const reportOn: ReportOn =
    (key) =>
    (...found) => {
      report(...found);
      findingsOf.set(key, [...(findingsOf.get(key) ?? []), ...findings.slice(-1)]);
    };
  const main = await readModel(xml, report);
  if (!main) return { decisions: {}, findings, findingsOf };
  const models = elementsAt(main, 'import').length === 0 ? new Map() : await readModels(main, beside, report);
  const decisions: Record<string, CompiledDecision> = {};
  const compiler: Compiler = { models, decisions, types: new Map(), report, reportOn };
  try {
    compileModel(main, { ...compiler, main: namespaceOf(main) });
    checkDecisions(decisions, namesOf(main), reportOn);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(main.id ?? 'definitions', 'dmn-xml', 'It nests too deeply to be read.', '嵌套过深，无法读取。');
    return { decisions: {}, findings, findingsOf };
  }
  return { decisions, findings, findingsOf };
}

/** Those that are imported, by namespace. Of several with one, that of which an import says the place; to take any would be to guess. */
async function readModels(main: DmnElement, beside: readonly Beside[], report: Report): Promise<ReadonlyMap<string, DmnElement>> {
  const read = await Promise.all(
    beside.map(async ({ file, xml }) => ({ file: placeOf(file), model: await readModel(xml, () => undefined) })),
  );
  const models = new Map<string, DmnElement>();
  const importing = [main];
  for (const model of importing) {
    for (const entry of elementsAt(model, 'import')) {
      const namespace = textAt(entry, 'namespace') ?? '';
      const found = read.flatMap(({ file, model: other }) => (other && namespaceOf(other) === namespace ? [{ file, other }] : []));
      const place = placeOf(textAt(entry, 'locationURI') ?? '');
      const [one, ...more] = found.length > 1 ? found.filter(({ file }) => file === place || encodeURI(file) === place) : found;
      if (models.has(namespace) || found.length === 0) continue;
      if (one && more.length === 0) {
        models.set(namespace, one.other);
        importing.push(one.other);
        continue;
      }
      const files = found.map(({ file }) => file).join(', ');
      report(
        entry.id ?? entry.name ?? namespace,
        'decision-import',
        `Several files have the namespace "${namespace}": ${files}. Say which by locationURI, or keep one.`,
        `有多个文件的命名空间是“${namespace}”：${files}。请用 locationURI 指明，或只保留一个。`,
      );
    }
  }
  return models;
}

/** Without its folder. */
const placeOf = (file: string): string => file.replace(/^.*[/\\]/, '');

function namesOf(model: DmnElement) {
  const of = (isInput: boolean) =>
    elementsAt(model, 'drgElement')
      .filter((element) => (typeOf(element) === 'InputData') === isInput)
      .flatMap((element) => elementAt(element, 'variable')?.name?.trim() ?? element.name?.trim() ?? []);
  return { inputs: new Set(of(true)), elements: new Set(of(false)) };
}

const namespaceOf = (model: DmnElement): string => textAt(model, 'namespace') ?? '';

async function readModel(xml: string, report: Report): Promise<DmnElement | null> {
  try {
    const { definitions, warnings } = await readDmn(xml);
    for (const warning of warnings) report(definitions.id ?? 'definitions', 'dmn-xml', warning, `DMN 文件无法完整读取：${warning}`);
    return definitions;
  } catch (error) {
    const message = firstLine(error instanceof Error ? error.message : String(error));
    report('definitions', 'dmn-xml', `This is not a DMN file: ${message}.`, `不是有效的 DMN 文件：${message}`);
    return null;
  }
}

interface Compiler {
  readonly models: ReadonlyMap<string, DmnElement>;
  readonly decisions: Record<string, CompiledDecision>;
  /** Of models that have been compiled. */
  readonly types: Map<string, Types>;
  readonly report: Report;
  readonly reportOn: ReportOn;
}

/** Those that it imports first, because types may be theirs. */
function compileModel(model: DmnElement, compiler: Compiler & { readonly main: string }): Types {
  const { models, types: done, report, reportOn, main } = compiler;
  const namespace = namespaceOf(model);
  const known = done.get(namespace);
  if (known) return known;
  done.set(namespace, {});
  const imports = new Map<string, string>();
  const imported: Record<string, FeelType> = {};
  for (const entry of elementsAt(model, 'import')) {
    const [from, name] = [textAt(entry, 'namespace') ?? '', entry.name?.trim() ?? ''];
    if (!/DMN/.test(textAt(entry, 'importType') ?? '')) {
      report(entry.id ?? name, 'decision-import', `Only DMN is imported; "${name}" is something else.`, `只能导入 DMN，“${name}”不是。`);
      continue;
    }
    const other = models.get(from);
    if (!other) {
      report(entry.id ?? name, 'decision-import', `There is no model "${from}" beside this one.`, `旁边没有命名空间为“${from}”的模型。`);
      continue;
    }
    imports.set(from, name);
    for (const [type, value] of Object.entries(compileModel(other, compiler))) imported[name ? `${name}.${type}` : type] = value;
  }
  checkLanguage(model, 'definitions', report);
  const { types, typeAt } = readTypes(model, { types: imported, imports }, report);
  const own = Object.fromEntries(Object.entries(types).filter(([name]) => !Object.hasOwn(imported, name)));
  done.set(namespace, own);
  const keyOf = (id: string): string => (namespace === main ? id : `${namespace}#${id}`);
  const scope = { model, models, imports, types, typeAt, keyOf, main };
  for (const element of elementsAt(model, 'drgElement')) {
    const compiled = compileElement(element, { ...scope, report: reportOn(keyOf(element.id ?? element.name ?? '')) });
    if (!compiled) continue;
    if (compiler.decisions[compiled.id])
      report(compiled.id, 'decision-id', `Two elements have the id "${compiled.id}".`, `编号“${compiled.id}”重复。`);
    compiler.decisions[compiled.id] = compiled;
  }
  return own;
}

interface ModelScope {
  readonly model: DmnElement;
  readonly models: ReadonlyMap<string, DmnElement>;
  /** Namespace → name of the import. */
  readonly imports: ReadonlyMap<string, string>;
  readonly typeAt: Reading['typeAt'];
  readonly types: Types;
  readonly keyOf: (id: string) => string;
  readonly main: string;
  readonly report: Report;
}

function compileElement(element: DmnElement, scope: ModelScope): CompiledDecision | null {
  const reading: Reading = { report: scope.report, typeAt: scope.typeAt, ownerId: element.id ?? element.name ?? '' };
  switch (typeOf(element)) {
    case 'Decision':
      return compileDecision(element, scope, reading);
    case 'BusinessKnowledgeModel':
      return compileKnowledge(element, scope, reading);
    case 'DecisionService':
      return compileService(element, scope, reading);
    case 'InputData':
    case 'KnowledgeSource':
      return null;
    default: {
      const type = typeOf(element);
      scope.report(reading.ownerId, 'decision-unsupported', `${type} "${element.name ?? ''}" is not supported.`, `不支持 ${type}。`);
      return null;
    }
  }
}

function compileDecision(element: DmnElement, scope: ModelScope, reading: Reading): CompiledDecision | null {
  const boxed = elementAt(element, 'decisionLogic');
  const logic = boxed ? compileLogic(boxed, reading) : NOTHING;
  if (logic?.kind === 'literal' && logic.expression === '') {
    // Its result can still be given to a decision service.
    scope.report(
      reading.ownerId,
      'decision-empty',
      `Decision "${reading.ownerId}" has no table and no expression.`,
      `决策“${reading.ownerId}”没有决策表或表达式。`,
    );
  }
  return logic && { ...headOf(element, scope, reading), logic };
}

/** Evaluating it fails. */
const NOTHING = { kind: 'literal', expression: '' } as const;

function compileKnowledge(element: DmnElement, scope: ModelScope, reading: Reading): CompiledDecision | null {
  const definition = elementAt(element, 'encapsulatedLogic');
  const logic = definition ? withType(compileFunction(definition, reading), typeAtElement(definition, reading)) : null;
  if (!definition)
    scope.report(reading.ownerId, 'decision-empty', 'The business knowledge model has no function.', '业务知识模型没有函数。');
  return logic && { ...headOf(element, scope, reading), element: 'businessKnowledgeModel', logic };
}

function compileService(element: DmnElement, scope: ModelScope, reading: Reading): CompiledDecision {
  const referred = (name: string) => elementsAt(element, name).flatMap((reference) => targetOf(reference, scope, reading.ownerId) ?? []);
  const given = referred('inputDecision').map((target) => ({ ...variableOf(target, scope, reading.ownerId), decision: target.key }));
  const data = referred('inputData').map((target) => variableOf(target, scope, reading.ownerId));
  return {
    ...headOf(element, scope, reading),
    element: 'decisionService',
    logic: { kind: 'service', parameters: [...data, ...given], outputs: referred('outputDecision').map(({ key }) => key) },
  };
}

/** What all of them have. */
function headOf(element: DmnElement, scope: ModelScope, reading: Reading): Omit<CompiledDecision, 'logic'> {
  const id = scope.keyOf(element.id ?? element.name ?? '');
  const name = element.name?.trim() || id;
  const english = element.$attrs ? Object.entries(element.$attrs).find(([key]) => key.endsWith(':nameEn'))?.[1] : undefined;
  const variable = elementAt(element, 'variable');
  const type = variable && typeAtElement(variable, reading);
  const seen = variable?.name?.trim() || element.name?.trim();
  const { requires, imported, inputs } = requirementsOf(element, scope, reading);
  const types = typesNamedIn(element, scope.types);
  return {
    id,
    name: english ? { 'zh-CN': name, en: english } : { 'zh-CN': name },
    ...(seen && seen !== id ? { variable: seen } : {}),
    ...(type && type.kind !== 'any' ? { type } : {}),
    requires,
    ...(Object.keys(imported).length > 0 ? { imported } : {}),
    ...(inputs.length > 0 ? { inputs } : {}),
    ...(Object.keys(types).length > 0 ? { types } : {}),
    isExplained: true,
  };
}

/** Expressions may ask for them with `instance of`, and functions for their parameters. */
function typesNamedIn(element: DmnElement, types: Types): Types {
  const texts = textsIn(element);
  return Object.fromEntries(Object.entries(types).filter(([name]) => texts.some((text) => text.includes(name))));
}

const textsIn = (element: DmnElement): readonly string[] =>
  Object.entries(element).flatMap(([name, value]) => {
    if (name.startsWith('$')) return [];
    if (typeof value === 'string') return name === 'text' ? [value] : [];
    return (Array.isArray(value) ? value : [value]).flatMap((inner) => (isElement(inner) ? textsIn(inner) : []));
  });

function requirementsOf(element: DmnElement, scope: ModelScope, reading: Reading) {
  const requires: string[] = [];
  const imported: Record<string, string> = {};
  const inputs: RequiredInput[] = [];
  const requirements = [...elementsAt(element, 'informationRequirement'), ...elementsAt(element, 'knowledgeRequirement')];
  for (const requirement of requirements) {
    const decision = elementAt(requirement, 'requiredDecision') ?? elementAt(requirement, 'requiredKnowledge');
    const data = elementAt(requirement, 'requiredInput');
    const target = targetOf(decision ?? data, scope, reading.ownerId);
    if (!target) continue;
    const from = target.from ? { from: target.from } : {};
    if (data) inputs.push({ ...variableOf(target, scope, reading.ownerId), ...from });
    else {
      requires.push(target.key);
      if (target.from) imported[target.key] = target.from;
    }
  }
  return { requires, imported, inputs };
}

interface Target {
  readonly key: string;
  readonly element: DmnElement;
  /** The name of the import that it comes through. */
  readonly from: string | undefined;
}

/** Undefined for a reference to nothing, which is reported. */
function targetOf(reference: DmnElement | undefined, scope: ModelScope, ownerId: string): Target | undefined {
  const href = textAt(reference, 'href') ?? '';
  const [namespace = '', id = ''] = href.includes('#') ? href.split(/#(?=[^#]*$)/) : ['', href];
  const isOwn = namespace === '' || namespace === namespaceOf(scope.model);
  const model = isOwn ? scope.model : scope.models.get(namespace);
  const element = elementsAt(model, 'drgElement').find((one) => one.id === id);
  if (!element) {
    scope.report(ownerId, 'decision-requirement', `It requires "${href}", which is not there.`, `所需的“${href}”不存在。`);
    return undefined;
  }
  const isMain = namespace === scope.main;
  return {
    key: isOwn ? scope.keyOf(id) : isMain ? id : `${namespace}#${id}`,
    element,
    from: isOwn ? undefined : scope.imports.get(namespace),
  };
}

function variableOf({ element, from }: Target, scope: ModelScope, ownerId: string): { readonly name: string; readonly type?: FeelType } {
  const variable = elementAt(element, 'variable');
  const reference = textAt(variable, 'typeRef');
  const type = scope.typeAt(from && reference !== undefined ? `${from}.${reference}` : reference) ?? scope.typeAt(reference);
  if (reference !== undefined && !type) reportUnknownType(ownerId, reference, scope.report);
  const name = variable?.name?.trim() || element.name?.trim() || element.id || '';
  return { name, ...(type && type.kind !== 'any' ? { type } : {}) };
}
