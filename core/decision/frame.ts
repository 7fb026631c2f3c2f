/**
 * A decision graph with its inputs: each decision is evaluated once, after those that it requires (DMN 1.5, 10.4). What is compiled is kept
 * with the graph, which a worker holds for as long as it knows the version.
 */
import type { Code } from '#core/feel/code.ts';
import { satisfiesIn } from '#core/feel/compile.ts';
import { EMPTY_SHAPE, memberOf, mergeShapes, Scope, type Shape, shapeOf, wordsOf } from '#core/feel/scope.ts';
import { coerce, type FeelType } from '#core/feel/type.ts';
import { type FeelContext, FeelFunction, isContext, kindOf, type Value } from '#core/feel/value.ts';
import type { CompiledDecision, DecisionService, RequiredInput } from './compiled.ts';
import type { DecisionRun } from './decision-run.ts';
import { shapeOfType } from './read-text.ts';
import { fitting, readFunction, readLogic } from './run-logic.ts';

type Decisions = Readonly<Record<string, CompiledDecision>>;

export class Frame {
  readonly #decisions: Decisions;
  readonly #inputs: FeelContext;
  /** Of decisions, by key; begins with those whose results are given. */
  readonly #results: Map<string, Value>;
  readonly #path: string[] = [];

  private constructor(decisions: Decisions, inputs: FeelContext, given: ReadonlyMap<string, Value>) {
    this.#decisions = decisions;
    this.#inputs = inputs;
    this.#results = new Map(given);
  }

  static of(decisions: Decisions, inputs: FeelContext): Frame {
    return new Frame(decisions, inputs, new Map());
  }

  evaluate(key: string, run: DecisionRun): Value {
    const known = this.#results.get(key);
    if (known !== undefined) return known;
    const decision = this.#decisions[key];
    if (!decision) return run.fail(`There is no decision "${key}".`);
    if (this.#path.includes(key)) {
      const circle = [...this.#path.slice(this.#path.indexOf(key)), key].join(' → ');
      // A model that calls itself puts itself in its place.
      if (decision.element === 'businessKnowledgeModel') return inCircle(circle);
      return run.fail(`The decisions ${circle} require each other.`);
    }
    this.#path.push(key);
    const outer = run.decisionId;
    run.decisionId = key;
    try {
      const value = this.#evaluateNew(decision, run);
      this.#results.set(key, value);
      return value;
    } finally {
      run.decisionId = outer;
      this.#path.pop();
    }
  }

  #evaluateNew(decision: CompiledDecision, run: DecisionRun): Value {
    const { logic } = decision;
    if (logic.kind === 'service') return this.#callService(decision, logic, run);
    const names = this.#namesFor(decision, run);
    // A business knowledge model sees its parameters and what it requires, and itself.
    if (decision.element === 'businessKnowledgeModel') {
      const value = codeFor(decision, names)(new Scope(names), run);
      put(names, decision, undefined, value);
      return value;
    }
    return codeFor(decision, { ...this.#inputs, ...names })(new Scope(names, new Scope(this.#inputs)), run);
  }

  #namesFor(decision: CompiledDecision, run: DecisionRun): Record<string, Value> {
    const names: Record<string, Value> = {};
    for (const input of decision.inputs ?? []) {
      const value = this.#inputFor(input, run);
      if (input.from === undefined) names[input.name] = value;
      else putInside(names, input.from, { [input.name]: value });
    }
    for (const key of decision.requires) {
      const required = this.#decisions[key];
      const value = required?.logic.kind === 'service' ? this.#serviceAsFunction(required, required.logic) : this.evaluate(key, run);
      put(names, required ?? { id: key }, decision.imported?.[key], value);
    }
    return names;
  }

  #inputFor({ name, type, from }: RequiredInput, run: DecisionRun): Value {
    const inside = from === undefined ? undefined : memberOf(this.#inputs, from);
    const given = (inside !== undefined && isContext(inside) ? memberOf(inside, name) : undefined) ?? memberOf(this.#inputs, name);
    if (given === undefined) return run.warn('NO_VARIABLE_FOUND', `There is no input "${name}".`);
    return typed(given, type, { name, run });
  }

  /** From inputs by name, as when it is asked from outside. */
  #callService(decision: CompiledDecision, service: DecisionService, run: DecisionRun): Value {
    const values = service.parameters.map(({ name }) => {
      const given = memberOf(this.#inputs, name);
      return given === undefined ? run.warn('NO_VARIABLE_FOUND', `There is no input "${name}".`) : given;
    });
    return this.#serviceAsFunction(decision, service).call(values, run);
  }

  #serviceAsFunction(decision: CompiledDecision, service: DecisionService): FeelFunction {
    const call = (values: readonly Value[], run: Parameters<FeelFunction['call']>[1]): Value => {
      if (values.length !== service.parameters.length)
        return run.warn('INVALID_ARGUMENTS', `The service takes ${service.parameters.length} values, not ${values.length}.`);
      const inputs: Record<string, Value> = {};
      const given = new Map<string, Value>();
      for (const [index, { name, type, decision: key }] of service.parameters.entries()) {
        const value = type ? coerce(values[index] ?? null, type, satisfiesIn(run)) : (values[index] ?? null);
        if (value === undefined) return run.warn('INVALID_ARGUMENTS', `The value for "${name}" is of another type.`);
        if (key === undefined) inputs[name] = value;
        else given.set(key, value);
      }
      // Only a run of decisions comes here.
      const frame = new Frame(this.#decisions, inputs, given);
      return run.within(() => outputOf(this.#decisions, service, (key) => frame.evaluate(key, run as DecisionRun)));
    };
    return new FeelFunction(service.parameters, (values, run) =>
      typed(call(values, run), resultType(decision.type), { name: decision.id, run }),
    );
  }
}

function outputOf(decisions: Decisions, { outputs }: DecisionService, evaluate: (key: string) => Value): Value {
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return evaluate(only);
  return Object.fromEntries(outputs.map((key) => [decisions[key]?.variable ?? key, evaluate(key)]));
}

const inCircle = (circle: string): FeelFunction =>
  new FeelFunction([], (_, run) => run.warn('UNSUPPORTED', `The knowledge models ${circle} call each other in a circle.`));

const resultType = (type: FeelType | undefined): FeelType | undefined => (type?.kind === 'function' ? type.result : type);

function typed(
  value: Value,
  type: FeelType | undefined,
  { name, run }: { readonly name: string; readonly run: Parameters<Code>[1] },
): Value {
  if (!type) return value;
  const fit = coerce(value, type, satisfiesIn(run));
  return fit === undefined ? run.warn('INVALID_TYPE', `"${name}" does not take this ${kindOf(value)}.`) : fit;
}

/** Under its id and its name; what is imported is within the name of the import. */
function put(
  names: Record<string, Value>,
  { id, variable }: Pick<CompiledDecision, 'id' | 'variable'>,
  from: string | undefined,
  value: Value,
): void {
  if (from !== undefined) putInside(names, from, { [variable ?? id]: value });
  else {
    names[id] = value;
    if (variable !== undefined) names[variable] = value;
  }
}

function putInside(names: Record<string, Value>, from: string, members: FeelContext): void {
  const inside = names[from] ?? {};
  names[from] = { ...(isContext(inside) ? inside : {}), ...members };
}

interface Prepared {
  readonly words: ReadonlySet<string>;
  readonly shape: Shape;
  readonly codes: Map<string, Code>;
}

const prepared = new WeakMap<CompiledDecision, Prepared>();

/** Read once, and once more for each set of names that are not single words. */
function codeFor(decision: CompiledDecision, names: FeelContext): Code {
  const known = prepared.get(decision) ?? prepare(decision);
  const found = shapeOf(names, known.words);
  const key = found === EMPTY_SHAPE ? '' : JSON.stringify(found);
  const code = known.codes.get(key);
  if (code) return code;
  const made = readDecision(decision, mergeShapes(known.shape, found));
  if (known.codes.size >= SHAPES_MAX) known.codes.clear();
  known.codes.set(key, made);
  return made;
}

const SHAPES_MAX = 100;

function prepare(decision: CompiledDecision): Prepared {
  const shape = Object.fromEntries(
    (decision.inputs ?? []).filter(({ from }) => from === undefined).map(({ name, type }) => [name, shapeOfType(type)]),
  );
  const made: Prepared = { words: wordsOf(JSON.stringify(decision.logic)), shape, codes: new Map() };
  prepared.set(decision, made);
  return made;
}

function readDecision(decision: CompiledDecision, shape: Shape): Code {
  const { logic, type, types = {}, id } = decision;
  const place = { ownerId: id, shape, types };
  if (logic.kind === 'function') return readFunction(logic, place, type);
  return fitting(readLogic(logic, place), type, decision.variable ?? id);
}
