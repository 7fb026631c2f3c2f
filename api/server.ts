/** Operations for server components: the same checks as over HTTP, without the way over the network. */
import type { z } from 'zod';
import { readInput } from './input.ts';
import { type Context, type Operation, requireRight } from './operation.ts';
import { OPERATIONS, type OperationName } from './operations/index.ts';

type InputOf<Name extends OperationName> = z.input<(typeof OPERATIONS)[Name]['input']>;
type OutputOf<Name extends OperationName> = Awaited<ReturnType<(typeof OPERATIONS)[Name]['run']>>;

/** Throws `ApiError`. */
export async function callOperation<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  context: Context,
): Promise<OutputOf<Name>> {
  // The name decides both types; TypeScript cannot follow the union through the call.
  const operation: Operation = OPERATIONS[name] as unknown as Operation;
  requireRight(context, operation.right);
  return (await operation.run(context, readInput(operation, input))) as OutputOf<Name>;
}
