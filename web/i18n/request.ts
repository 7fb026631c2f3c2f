import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { LOCALE_COOKIE, localeFrom, TIME_ZONE } from '#web/lib/preferences.ts';
import { MESSAGES } from '#web/messages/index.ts';

/**
 * The language comes from a cookie, or from the browser until one is chosen, not from the address: a link means the same page to
 * everybody.
 */
export default getRequestConfig(async () => {
  const locale = localeFrom((await cookies()).get(LOCALE_COOKIE)?.value ?? (await headers()).get('accept-language')?.slice(0, 2));
  return { locale, messages: MESSAGES[locale], timeZone: TIME_ZONE, now: new Date() };
});
