/** Sign-in: better-auth on our tables. Sessions live in the database and end at once when their row does; nothing is cached in cookies. */
import { betterAuth } from 'better-auth';
import { bearer, username } from 'better-auth/plugins';
import { config } from '#config/config.ts';
import type { Database } from '#db/database.ts';

const SECONDS_PER_MINUTE = 60;
const PASSWORD_CHARACTERS_MIN = 8;

/** Set by the web server from the connection; what a client sends under this name is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-bihuan-client-address';

export function createAuth(db: Database) {
  const { session, web, rateLimits } = config();
  const idleSeconds = session.idleMinutes * SECONDS_PER_MINUTE;
  return betterAuth({
    // better-auth types its kysely without our tables.
    database: { db: db as never, type: 'postgres' },
    secret: session.secret,
    baseURL: web.publicUrl,
    basePath: '/api/auth',
    trustedOrigins: (request) => [web.publicUrl, ...sameOrigin(request)],
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: PASSWORD_CHARACTERS_MIN },
    // Programs send the token of their session in a header (`set-auth-token`, then `authorization: Bearer`).
    plugins: [username(), bearer({ requireSignature: true })],
    user: { modelName: 'auth_user', additionalFields: { personId: { type: 'string', required: true, input: false } } },
    session: {
      modelName: 'auth_session',
      expiresIn: idleSeconds,
      updateAge: Math.min(idleSeconds / 2, 300),
      cookieCache: { enabled: false },
      additionalFields: { activeRole: { type: 'string', required: false, input: false } },
    },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limit',
      window: SECONDS_PER_MINUTE,
      max: rateLimits.signInAttemptsPerMinute * 10,
      customRules: { '/sign-in/username': { window: SECONDS_PER_MINUTE, max: rateLimits.signInAttemptsPerMinute } },
    },
    advanced: {
      cookiePrefix: 'bihuan',
      useSecureCookies: web.publicUrl.startsWith('https://'),
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
  });
}

/** Reached under another name of the same machine (an occupied port, a phone in the ward's network): the page's own origin is trusted. */
function sameOrigin(request: Request | undefined): readonly string[] {
  const host = request?.headers.get('host');
  const origin = request?.headers.get('origin');
  return host && origin && URL.canParse(origin) && new URL(origin).host === host ? [origin] : [];
}

export type Auth = ReturnType<typeof createAuth>;
