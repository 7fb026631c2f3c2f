/** What compiled FEEL is: functions of what is in scope. */
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { FeelNode } from './tree.ts';
import type { Value } from './value.ts';

export type Code = (scope: Scope, run: Run) => Value;

/** Null where it cannot be told whether the input satisfies it. */
export type Test = (input: Value, scope: Scope, run: Run) => boolean | null;

/** Compiles what stands inside. */
export type Inner = (node: FeelNode) => Code;
