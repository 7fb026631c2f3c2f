/** What the address says of the page of an indicator set. */
import { DUTY_STATES, type DutyState } from '#core/quality/obligation.ts';
import type { DutySearch } from '#web/lib/reads.ts';

export const TABS = ['obligations', 'versions', 'history'] as const;
export type Tab = (typeof TABS)[number];

type Asked = string | readonly string[] | undefined;
const single = (asked: Asked): string => (typeof asked === 'string' ? asked : '');

export const tabFrom = (asked: Asked): Tab => TABS.find((tab) => tab === asked) ?? 'obligations';
export const stateFrom = (asked: Asked): DutyState | '' => DUTY_STATES.find((state) => state === asked) ?? '';

export interface SetQuery {
  readonly tab?: Asked;
  readonly version?: Asked;
  readonly q?: Asked;
  readonly province?: Asked;
  readonly tier?: Asked;
  readonly state?: Asked;
  readonly page?: Asked;
}

/** Of which version the contents are shown; null: the draft, else the current one. */
export const versionFrom = (asked: Asked): number | null => positive(asked);

export const searchFrom = ({ q, province, tier, state, page }: SetQuery): Required<DutySearch> => ({
  q: single(q).trim().slice(0, 100),
  province: single(province).slice(0, 6),
  tier: single(tier).slice(0, 20),
  state: stateFrom(state),
  page: positive(page) ?? 1,
});

const positive = (asked: Asked): number | null => (/^[1-9]\d{0,3}$/.test(single(asked)) ? Number(single(asked)) : null);
