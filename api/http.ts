/** The API over HTTP: the registry of operations, and the few things that are not JSON in, JSON out. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ApiError } from './errors.ts';
import { answerFile, receiveFile } from './files.ts';
import { readInput } from './input.ts';
import { liveStream } from './live-stream.ts';
import { logger } from './logger.ts';
import { type Context, type Operation, requireRight } from './operation.ts';
import { allOperations } from './operations/index.ts';
import { runtime } from './runtime.ts';
import { contextFromHeaders, forgetSession } from './session.ts';
import { demoPeople, health } from './status.ts';
import { SIGNED_IN_AS_HEADER } from './views.ts';

const JSON_BYTES_MAX = 1_000_000;

export async function handleApi(request: Request): Promise<Response> {
  return app().fetch(request);
}

let made: OpenAPIHono | undefined;

function app(): OpenAPIHono {
  made ??= createApp();
  return made;
}

function createApp(): OpenAPIHono {
  const api = new OpenAPIHono().basePath('/api');
  api.use(async (c, next) => {
    refuseForeignOrigin(c);
    await next();
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  });
  api.onError((error, c) => answerError(error, c));
  api.notFound((c) => c.json({ code: 'not-found' }, 404));
  api.on(['GET', 'POST'], '/auth/*', async (c) => {
    const answer = await runtime().auth.handler(c.req.raw);
    forgetSession(c.req.raw.headers);
    return c.req.header('sec-fetch-site') === undefined ? answer : withoutToken(answer);
  });
  for (const operation of allOperations()) register(api, operation);
  api.post('/files', async (c) => c.json(await receiveFile(await contextFromHeaders(c.req.raw.headers), c.req.raw)));
  api.get('/files/:id', async (c) => answerFile(await contextFromHeaders(c.req.raw.headers), c.req.param('id')));
  api.get('/live', async (c) => liveStream(await contextFromHeaders(c.req.raw.headers), c.req.raw));
  api.get('/health', async (c) => {
    const state = await health();
    return c.json(state, state.ok ? 200 : 503);
  });
  api.get('/demo/people', async (c) => c.json(await demoPeople()));
  api.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Bihuan', version: '1' } });
  return api;
}

function register(api: OpenAPIHono, operation: Operation): void {
  const shape = operation.input instanceof z.ZodObject ? operation.input.shape : {};
  const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const isBody = operation.method === 'post' || operation.method === 'put';
  const part = (keep: (name: string) => boolean) =>
    z.object(Object.fromEntries(Object.entries(shape).filter(([name]) => keep(name))) as Record<string, z.ZodType>);
  const rest = part((name) => !inPath.includes(name));
  const route = createRoute({
    method: operation.method,
    path: operation.path.replaceAll(/:(\w+)/g, '{$1}'),
    operationId: operation.name,
    summary: operation.summary,
    request: {
      ...(inPath.length > 0 && { params: part((name) => inPath.includes(name)) }),
      ...(isBody ? { body: { required: true, content: { 'application/json': { schema: rest } } } } : { query: rest }),
    },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: z.unknown() } } },
      default: { description: 'Refused; nothing was changed.', content: { 'application/json': { schema: errorSchema } } },
    },
  });
  api.openAPIRegistry.registerPath(route);
  api.on(operation.method.toUpperCase(), operation.path, async (c) => {
    const context = await contextFromHeaders(c.req.raw.headers);
    requireSamePerson(c, context);
    requireRight(context, operation.right);
    const asked = isBody ? { ...(await readJson(c)), ...c.req.param() } : { ...c.req.query(), ...c.req.param() };
    // Asked for only where an operation waits: the signal makes a whole request of a light one.
    const calling = {
      ...context,
      get signal() {
        return c.req.raw.signal;
      },
    };
    const answer = await operation.run(calling, readInput(operation, asked));
    if (operation.name === 'setActiveRole') forgetSession(c.req.raw.headers);
    return c.json(answer as object);
  });
}

/**
 * A page says as whom it was opened. Where somebody else has signed in since, in the same browser, what it still sends (a draft, a
 * command that waited for a connection) is not done in their name.
 */
function requireSamePerson(c: HonoContext, { standing }: Context): void {
  const personId = c.req.header(SIGNED_IN_AS_HEADER);
  if (personId !== undefined && personId !== standing.person.id) throw new ApiError(401, { code: 'signed-out' });
}

/** For programs only: in a browser a session is a cookie that no script can read. */
function withoutToken(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.delete('set-auth-token');
  return new Response(answer.body, { status: answer.status, headers });
}

const errorSchema = z.object({
  code: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
  issues: z.array(z.unknown()).optional(),
});

async function readJson(c: HonoContext): Promise<object> {
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > JSON_BYTES_MAX) throw new ApiError(413, { code: 'too-large', data: { bytesMax: JSON_BYTES_MAX } });
  const text = await c.req.text();
  if (text.length > JSON_BYTES_MAX) throw new ApiError(413, { code: 'too-large', data: { bytesMax: JSON_BYTES_MAX } });
  try {
    const body: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Told below, like every body that is no object.
  }
  throw new ApiError(400, { code: 'not-json' });
}

/** A page of another site may not make a browser act here. Clients that are no browser send neither header. */
function refuseForeignOrigin(c: HonoContext): void {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return;
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
  if (!isOwn || (site !== undefined && site !== 'same-origin' && site !== 'none')) throw new ApiError(400, { code: 'foreign-origin' });
}

const DATABASE_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '08001',
  '53300',
]);

function answerError(error: unknown, c: HonoContext): Response {
  if (error instanceof ApiError) return c.json(error.view, error.status as ContentfulStatusCode);
  if (error instanceof HTTPException) return c.json({ code: 'bad-input' }, error.status);
  const code = codeOf(error);
  if (
    DATABASE_AWAY.has(code) ||
    (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
  ) {
    return c.json({ code: 'database-away' }, 503);
  }
  // Names and codes only: a message of the database may quote what somebody wrote.
  logger().error(
    {
      operation: `${c.req.method} ${c.req.routePath}`,
      error: error instanceof Error ? error.name : typeof error,
      code,
      stack: error instanceof Error ? stackOf(error) : undefined,
    },
    'request failed',
  );
  return c.json({ code: 'internal' }, 500);
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
const stackOf = (error: Error): string => (error.stack ?? '').split('\n').slice(1, 8).join('\n');
