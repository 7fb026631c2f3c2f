/** The `access` extension of an item, as its author writes it. */
import type { AccessMode, AccessRule } from '#core/form/access/rules.ts';
import { EXTENSION } from '#core/form/extensions.ts';
import type { Extension } from '#core/form/questionnaire.ts';

export const accessRule = (mode: AccessMode, parts: Partial<Omit<AccessRule, 'mode'>> = {}): Extension => ({
  url: EXTENSION.access,
  extension: [
    { url: 'mode', valueCode: mode },
    ...(parts.elements ?? []).map((valueString) => ({ url: 'element', valueString })),
    ...(parts.roles ?? []).map((valueCode) => ({ url: 'role', valueCode })),
    ...(parts.exceptRoles ?? []).map((valueCode) => ({ url: 'except-role', valueCode })),
  ],
});
