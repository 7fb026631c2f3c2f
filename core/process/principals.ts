/** Reads principals out of what FEEL gives: a text or a list of texts. */
import type { Json } from '#core/json.ts';
import type { Principal } from './command.ts';
import { ActFailure } from './failure.ts';

/** A name without a prefix is a person where persons are expected, and a team where groups are: as other modelers write them. */
export function principalsFrom(value: Json, { bare, source }: { readonly bare: 'person' | 'team'; readonly source: string }): Principal[] {
  if (value === null) return [];
  const names = Array.isArray(value) ? value : [value];
  const principals = names
    .filter((name) => name !== null && name !== '')
    .map((name) => {
      if (typeof name !== 'string')
        throw new ActFailure('expression-failed', `"${source}" must give names, but gives ${JSON.stringify(value)}.`);
      return isPrincipal(name) ? name : `${bare}:${name}`;
    });
  return [...new Set(principals)];
}

const isPrincipal = (name: string): boolean => /^(person|role|team):./.test(name);

/** The person's id behind a principal, or null. */
export const personOf = (principal: Principal): string | null =>
  principal.startsWith('person:') ? principal.slice('person:'.length) : null;
