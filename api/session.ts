import { readStanding } from '#db/people.ts';
import { ApiError } from './errors.ts';
import { type Context, contextOf } from './operation.ts';
import { type Runtime, runtime } from './runtime.ts';

/** Who calls, from the session cookie: session, person, roles and teams as they are at this moment. Throws 401. */
export async function contextFromHeaders(headers: Headers, on: Runtime = runtime()): Promise<Context> {
  const found = await on.auth.api.getSession({ headers });
  if (!found) throw new ApiError(401, { code: 'signed-out' });
  const standing = await readStanding(on.db, { personId: found.user.personId, sessionId: found.session.id });
  if (!standing) throw new ApiError(401, { code: 'signed-out' });
  return contextOf(on, standing, found.session.id);
}
