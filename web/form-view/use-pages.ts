'use client';

import { settingsOf } from '#core/form/extensions.ts';
import type { Page, PagedForm } from '#core/form/pages.ts';
import { useEnabledAmong } from './form-context.ts';
import { keyOf, ROOT_ROW } from './model.ts';
import { TOP } from './places.ts';
import { type OpenPart, useOpenPart } from './use-open-part.ts';

export interface OpenPage extends OpenPart {
  /** Those that can be opened now. */
  readonly pages: readonly Page[];
}

/** The pages of a form, and which one is open. */
export function usePages({ pages, around }: PagedForm): OpenPage {
  const groups = pages.map(({ group }) => group);
  const enabled = useEnabledAmong(groups, ROOT_ROW);
  const shown = pages.filter(({ group }) => enabled.includes(group) || settingsOf(group).isProtected);
  const container = around ? keyOf(ROOT_ROW, around.linkId) : TOP;
  // The page is known by its group; a field of what stands beside the group opens it as well.
  const keys = shown.map(({ group, items }) => [group, ...items].map(({ linkId }) => keyOf(ROOT_ROW, linkId)));
  return { pages: shown, ...useOpenPart(container, keys) };
}
