/** Operations for server components: the same checks as over HTTP, without the way over the network. */
import type { z } from 'zod';
import { requireRight } from './operation.ts';
import { OPERATIONS, type OperationName } from './operations/index.ts';
import { contextFromHeaders } from './session.ts';

type InputOf<Name extends OperationName> = z.input<(typeof OPERATIONS)[Name]['input']>;
type OutputOf<Name extends OperationName> = Awaited<ReturnType<(typeof OPERATIONS)[Name]['run']>>;

/** Throws `ApiError`, with 401 when nobody is signed in. */
export async function callOperation<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  options: { readonly headers: Headers },
): Promise<OutputOf<Name>> {
  const operation = OPERATIONS[name];
  const context = await contextFromHeaders(options.headers);
  requireRight(context, operation.right);
  const run = operation.run as (context: unknown, input: unknown) => Promise<unknown>;
  // The name decides both types; TypeScript cannot follow the union through the call.
  return (await run(context, operation.input.parse(input))) as OutputOf<Name>;
}
