import { useTranslations } from 'next-intl';
import type { SentinelRow } from '#api/views/surveillance.ts';
import type { SiteStage } from '#core/sentinel/site-stage.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';

const STAGES = {
  missing: 'danger',
  locked: 'danger',
  awaited: 'warning',
  correcting: 'warning',
  reported: 'success',
  zero: 'success',
  missed: 'danger',
  left: 'neutral',
} as const satisfies Record<SiteStage, Tone>;

export const SiteStageTag = ({ stage }: { readonly stage: SiteStage }) => {
  const t = useTranslations('surveillance.stages');
  return <Tag tone={STAGES[stage]}>{t(stage)}</Tag>;
};

const LEVELS = { none: 'neutral', yellow: 'warning', red: 'danger' } as const satisfies Record<NonNullable<SentinelRow['level']>, Tone>;

export const LevelTag = ({ level }: { readonly level: keyof typeof LEVELS }) => {
  const t = useTranslations('surveillance.levels');
  return <Tag tone={LEVELS[level]}>{t(level)}</Tag>;
};
