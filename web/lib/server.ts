/** How server components read: in-process, as the person whose session came with the request. */
import 'server-only';
import { type DehydratedState, dehydrate, QueryClient } from '@tanstack/react-query';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { ApiError } from '#api/errors.ts';
import { callOperation } from '#api/server.ts';
import { readContext } from '#api/session.ts';
import type { MeView } from '#api/views.ts';
import { paths } from '#web/paths.ts';
import { type Preferences, SCHEME_COOKIE, SIZE_COOKIE, schemeFrom, sizeFrom, THEME_COOKIE, themeFrom } from './preferences.ts';
import { type Read, reads } from './reads.ts';

/** Asked once for each request of a page. Throws `ApiError` 401 when nobody is signed in. */
const readCaller = cache(async () => readContext(await headers()));

async function readOnServer<Answer>({ operation, input }: Read<Answer>): Promise<Answer> {
  // A read names its operation and that operation's input; the operation checks both once more.
  return (await callOperation(operation, input as never, await readCaller())) as Answer;
}

/** Reads what decides what else is read; null when it cannot be read, which the page will tell. */
export const readQuietly = <Answer>(read: Read<Answer>): Promise<Answer | null> => readOnServer(read).catch(() => null);

/** The signed-in person, or the way to the sign-in page. */
export const readMe = cache(async (): Promise<MeView> => {
  try {
    return await readOnServer(reads.me());
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) redirect(await signInHere());
    throw error;
  }
});

const signInHere = async (): Promise<string> => paths.signIn((await headers()).get('x-address') ?? undefined);

/**
 * Reads ahead what a page shows first. What does not exist ends in the "not found" page; what fails for another reason is left to
 * the browser, whose component shows the error with a way to retry.
 */
export async function readAhead(
  wanted: readonly Read<unknown>[],
  options: { readonly mustExist?: boolean; readonly firstPages?: readonly Read<unknown>[] } = {},
): Promise<DehydratedState> {
  const client = new QueryClient();
  const results = await Promise.allSettled([
    ...wanted.map(async (read) => client.setQueryData(read.key, await readOnServer(read))),
    // Lists that grow as one scrolls are remembered page by page.
    ...(options.firstPages ?? []).map(async (read) =>
      client.setQueryData(read.key, { pages: [await readOnServer(read)], pageParams: [null] }),
    ),
  ]);
  for (const result of results) {
    if (result.status !== 'rejected' || !(result.reason instanceof ApiError)) continue;
    if (result.reason.status === 401) redirect(await signInHere());
    if (result.reason.status === 404 && options.mustExist) notFound();
  }
  return dehydrate(client);
}

export async function readPreferences(): Promise<Preferences> {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  const theme = themeFrom(jar.get(THEME_COOKIE)?.value);
  const hinted = incoming.get('sec-ch-prefers-color-scheme')?.replaceAll('"', '');
  return {
    theme,
    size: sizeFrom(jar.get(SIZE_COOKIE)?.value),
    scheme: schemeFrom(theme, jar.get(SCHEME_COOKIE)?.value ?? hinted),
    isPhone: incoming.get('sec-ch-ua-mobile') === '?1' || /\bMobi/.test(incoming.get('user-agent') ?? ''),
  };
}
