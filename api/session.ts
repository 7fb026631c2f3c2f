/**
 * Who calls, from the session cookie: session, person, roles and teams. Over HTTP what was found is kept for a second, so that a
 * page's handful of requests asks once; a revoked session or role is refused a second later at the latest, a sign-out at once.
 */
import { readStanding } from '#db/people.ts';
import { ApiError } from './errors.ts';
import { type Context, contextOf } from './operation.ts';
import { type Runtime, runtime } from './runtime.ts';

const KEPT_MS = 1_000;
const KEPT_MAX = 5_000;

interface Kept {
  readonly context: Promise<Context>;
  readonly until: number;
}

const sessions = new Map<string, Kept>();

/** For requests over HTTP. Throws 401 when nobody is signed in. */
export function contextFromHeaders(headers: Headers, on: Runtime = runtime()): Promise<Context> {
  const credential = credentialOf(headers);
  const now = Date.now();
  const known = sessions.get(credential);
  if (known && known.until > now) return known.context;
  if (sessions.size >= KEPT_MAX) sessions.clear();
  const context = readContext(headers, on);
  sessions.set(credential, { context, until: now + KEPT_MS });
  context.catch(() => sessions.delete(credential));
  return context;
}

const credentialOf = (headers: Headers): string => `${headers.get('cookie') ?? ''}\n${headers.get('authorization') ?? ''}`;

/** After a sign-out or a change of role in this process: the next request reads again. */
export function forgetSession(headers: Headers): void {
  sessions.delete(credentialOf(headers));
}

/** Read anew. Throws 401 when nobody is signed in. */
export async function readContext(headers: Headers, on: Runtime = runtime()): Promise<Context> {
  const found = await on.auth.api.getSession({ headers });
  if (!found) throw new ApiError(401, { code: 'signed-out' });
  const standing = await readStanding(on.db, { personId: found.user.personId, sessionId: found.session.id });
  if (!standing) throw new ApiError(401, { code: 'signed-out' });
  return contextOf(on, standing, found.session.id);
}
