import { inEnglish } from '#core/form/localize.ts';
import { referenceTo } from '#core/form/references.ts';
import type { References } from '#web/form-view/form-context.ts';
import { call } from '#web/lib/api.ts';
import { query } from '#web/lib/reads.ts';

interface ReferenceView {
  readonly id: string;
  readonly display: string;
  readonly displayEn: string;
}

/** The directory behind reference fields. */
export const formReferences: References = {
  search: async (kind, q) => {
    const rows = await call<readonly ReferenceView[]>(`/api/references/${kind}${query({ q })}`);
    return rows.map(({ id, display, displayEn }) => ({
      reference: referenceTo(kind, id),
      display,
      ...(displayEn ? { _display: inEnglish(displayEn) } : {}),
    }));
  },
};
