import type { InstanceListFilters } from '#web/lib/reads.ts';

export interface InstanceListQuery {
  readonly q?: string | string[];
  readonly status?: string | string[];
}

export const filtersFrom = ({ q, status }: InstanceListQuery): InstanceListFilters => ({
  ...(typeof q === 'string' && q ? { q } : {}),
  ...(typeof status === 'string' && status ? { status } : {}),
});
