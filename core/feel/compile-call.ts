/** Calls: by position or by name, of functions in scope before those of FEEL. */

import type { Code, Inner } from './code.ts';
import { builtIn } from './functions/built-in.ts';
import { BuiltIn } from './functions/define.ts';
import type { Run } from './run.ts';
import { normalName } from './scope.ts';
import { type FeelNode, nameOf } from './tree.ts';
import { FeelFunction, kindOf, type Value } from './value.ts';

export function readCall(node: FeelNode, inner: Inner): Code {
  const [callee] = node.children;
  if (!callee) throw new Error(`"${node.text}" calls nothing.`);
  const find = readCallee(callee, inner);
  const named = node.children.find(({ name }) => name === 'NamedParameters');
  if (named) {
    const values = named.children.flatMap(({ children: [name, value] }) =>
      name && value ? [{ name: nameOf(name), value: inner(value) }] : [],
    );
    return (scope, run) => {
      const target = find(scope, run);
      if (!(target instanceof FeelFunction)) return notFunction(target, callee, run);
      return callNamed(target, Object.fromEntries(values.map(({ name, value }) => [name, value(scope, run)])), run);
    };
  }
  const values = (node.children.find(({ name }) => name === 'PositionalParameters')?.children ?? []).map(inner);
  return (scope, run) => {
    const target = find(scope, run);
    if (!(target instanceof FeelFunction)) return notFunction(target, callee, run);
    return target.call(
      values.map((value) => value(scope, run)),
      run,
    );
  };
}

function readCallee(callee: FeelNode, inner: Inner): Code {
  if (!/^(VariableName|DateTimeConstructor|SpecialFunctionName)$/.test(callee.name)) return inner(callee);
  const name = nameOf(callee);
  const normal = normalName(name);
  const function_ = builtIn(name);
  return (scope) => {
    const value = scope.find(normal);
    // What is no function does not hide one: a variable `count` leaves `count(list)`.
    return value instanceof FeelFunction || function_ === undefined ? (value ?? null) : function_;
  };
}

const notFunction = (target: Value, callee: FeelNode, run: Run): null =>
  run.warn(
    'NO_FUNCTION_FOUND',
    target === null ? `There is no function "${callee.text}".` : `"${callee.text}" is a ${kindOf(target)}, no function.`,
  );

/** Every parameter must be given by its name, and nothing else. */
export function callNamed(target: FeelFunction, values: Readonly<Record<string, Value>>, run: Run): Value {
  if (target instanceof BuiltIn) return target.callNamed(values, run);
  const names = target.parameters.map(({ name }) => name);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (unknown !== undefined) return run.warn('INVALID_ARGUMENTS', `The function has no parameter "${unknown}".`);
  if (missing !== undefined) return run.warn('INVALID_ARGUMENTS', `The function needs "${missing}".`);
  return target.call(
    names.map((name) => values[name] ?? null),
    run,
  );
}
