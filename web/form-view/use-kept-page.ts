'use client';

import { useEffect, useRef } from 'react';
import type { OpenPage } from './use-pages.ts';

const nameOf = (placeKey: string): string => `bihuan-form-page:${placeKey}`;

/** A draft opens again at the page where it was left: in the same window, and without anything in the answers. */
export function useKeptPage(placeKey: string | undefined, open: OpenPage): void {
  const { pages, index, show } = open;
  const linkId = pages[index]?.group.linkId;
  const hasResumed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the draft that the page began with.
  useEffect(() => {
    const kept = placeKey === undefined ? null : window.sessionStorage.getItem(nameOf(placeKey));
    const at = pages.findIndex(({ group }) => group.linkId === kept);
    if (at > 0) show(at);
  }, []);
  useEffect(() => {
    // The first run tells where the form begins, which is not where it was left.
    if (hasResumed.current && placeKey !== undefined && linkId !== undefined) window.sessionStorage.setItem(nameOf(placeKey), linkId);
    hasResumed.current = true;
  }, [placeKey, linkId]);
}
