import type { ValueSetView } from '#api/views.ts';
import type { ValueSets } from '#web/form-view/form-context.ts';
import { call } from '#web/lib/api.ts';
import { query } from '#web/lib/reads.ts';

/** The lists of a form that are on a terminology server; our own server asks it. */
export const formValueSets = (formHash: string): ValueSets => ({
  search: (canonical, typed, signal) =>
    call<ValueSetView>(`/api/value-sets/expand${query({ form: formHash, url: canonical, filter: typed })}`, { signal }),
});
