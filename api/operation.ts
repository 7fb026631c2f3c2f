/**
 * One operation of the API: its input schema, the right it asks for, and its effect. Defined once, called in-process by pages and
 * over HTTP by everybody else, so both pass the same checks.
 */
import { z } from 'zod';
import { type Right, scopeOf } from '#core/access/roles.ts';
import type { Actor, Principal } from '#core/process/command.ts';
import type { Standing } from '#db/people.ts';
import { notFound } from './errors.ts';
import type { Runtime } from './runtime.ts';

export interface Operation<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Hono's notation, below `/api`: `/instances/:id`. */
  readonly path: string;
  readonly summary: string;
  /** Path parameters and query (get, delete) or JSON body (post, put), as one object. */
  readonly input: Input;
  /** Rights of the role table; whoever lacks it is told that there is nothing. Rights on single instances are checked by the effect. */
  readonly right: Right | 'signed-in';
  readonly run: (context: Context, input: z.output<Input>) => Promise<Output>;
}

export function defineOperation<Input extends z.ZodType, Output>(operation: Operation<Input, Output>): Operation<Input, Output> {
  const { input } = operation;
  // A field that nobody reads is a mistake of the caller's, and it is told. The output is the same, which zod's type cannot say.
  return input instanceof z.ZodObject ? { ...operation, input: input.strict() as z.ZodType as Input } : operation;
}

/** Who calls, with what they hold at this moment, and what the process offers. */
export interface Context {
  readonly runtime: Runtime;
  readonly standing: Standing;
  readonly sessionId: string;
  /** All principals: what the door checks. */
  readonly principals: readonly Principal[];
  /** Principals of the role the person works in at the moment: what the lists show. */
  readonly activePrincipals: readonly Principal[];
  /** Over HTTP: whether the caller still waits. */
  readonly signal?: AbortSignal;
}

export function contextOf(runtime: Runtime, standing: Standing, sessionId: string): Context {
  const self = `person:${standing.person.id}`;
  const roles = standing.roles.map(({ role, organisationId }) => ({ id: `${role}@${organisationId}`, role }));
  const teams = standing.teams.map((team) => `team:${team.id}`);
  const active = roles.find((role) => role.id === standing.activeRole);
  const principals = [self, ...roles.map((role) => `role:${role.id}`), ...teams];
  const activePrincipals = active ? [self, `role:${active.id}`, ...(active.role === 'executor' ? teams : [])] : principals;
  return { runtime, standing, sessionId, principals, activePrincipals };
}

export function requireRight(context: Context, right: Operation['right']): void {
  if (right !== 'signed-in' && scopeOf(right, context.standing.roles) === null) throw notFound();
}

export const actorOf = (context: Context): Actor => ({
  kind: 'person',
  personId: context.standing.person.id,
  organisationId: context.standing.person.organisation.id,
  principals: context.principals,
});
