/** The texts of a decision as functions. One that cannot be read fails where it is asked, with the decision that it is in. */
import type { Code, Test } from '#core/feel/code.ts';
import { compileExpression, compileTests } from '#core/feel/compile.ts';
import type { Types } from '#core/feel/compile-type.ts';
import { mergeShapes, type Shape } from '#core/feel/scope.ts';
import type { FeelType } from '#core/feel/type.ts';
import { DecisionRun } from './decision-run.ts';

/** Where a text stands. */
export interface Place {
  /** The key of the decision or business knowledge model. */
  readonly ownerId: string;
  readonly shape: Shape;
  readonly types: Types;
  readonly isAskedFor?: boolean;
}

/** Read when it is first asked: of a table most cells never are, and a workflow reads them anew in its sandbox. */
export function readExpression(source: string, place: Place): Code {
  if (source === '') return () => null;
  let code: Code | undefined;
  return (scope, run) => {
    code ??= expressionNow(source, place);
    return code(scope, run);
  };
}

function expressionNow(source: string, place: Place): Code {
  const compiled = compileExpression(source, place);
  return compiled.ok ? compiled.code : failing(place, compiled.message);
}

export function readTests(source: string, place: Place): Test {
  let test: Test | undefined;
  return (input, scope, run) => {
    test ??= testsNow(source, place);
    return test(input, scope, run);
  };
}

function testsNow(source: string, place: Place): Test {
  const compiled = compileTests(source, place);
  if (compiled.ok) return compiled.code;
  const fail = failing(place, compiled.message);
  return (_, scope, run) => {
    fail(scope, run);
    return null;
  };
}

export const failing =
  ({ ownerId }: Place, message: string): Code =>
  (_, run) => {
    if (!(run instanceof DecisionRun)) throw new Error(message);
    return run.fail(`${ownerId}: ${message}`);
  };

/** With a name more in scope. */
export const withName = (place: Place, name: string, type?: FeelType): Place => ({
  ...place,
  shape: mergeShapes(place.shape, { [name]: shapeOfType(type) }),
});

/** The names of members, as far as the type tells. */
export function shapeOfType(type: FeelType | undefined): Shape {
  switch (type?.kind) {
    case 'context':
      return Object.fromEntries(Object.entries(type.members).map(([name, member]) => [name, shapeOfType(member)]));
    case 'list':
      return shapeOfType(type.element);
    case 'allowed':
      return shapeOfType(type.base);
    default:
      return {};
  }
}
