import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInPage } from '#web/features/sign-in/SignInPage.tsx';
import { paths } from '#web/paths.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('title') };
}

export default async function Page({ searchParams }: { readonly searchParams: Promise<{ readonly next?: string | string[] }> }) {
  const { next } = await searchParams;
  return <SignInPage next={typeof next === 'string' && isOurs(next) ? next : paths.home()} />;
}

/** Only addresses of this site: a link must not send a person who has just signed in elsewhere. */
const isOurs = (address: string): boolean => /^\/(?![/\\])/.test(address);
