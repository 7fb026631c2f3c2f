import { useTranslations } from 'next-intl';
import type { DraftProblem } from '#core/quality/set-draft.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import styles from './QualitySet.module.css';

/** What keeps a draft from being saved, with the place where each stands. */
export function Problems({ problems }: { readonly problems: readonly DraftProblem[] }) {
  const t = useTranslations('qualitySet.problems');
  const fields = useTranslations('qualitySet.difference.fields');
  const languages = useTranslations('qualitySet.languages');
  if (problems.length === 0) return null;
  const fieldOf = (field: string): string => {
    const [name = '', part] = field.split('.');
    const words = isKeyOf(name, fields) ? fields(name) : name;
    return part === 'en' || part === 'zh-CN' ? `${words} · ${languages(part)}` : words;
  };
  // What has no code yet is known by its place.
  const placeOf = (at: string): string => (/^\d+$/.test(at) ? t('nth', { number: at }) : at);
  return (
    // The form is long: whoever has just pressed the button sees why it is still there.
    <div className={styles.problems} role="alert" ref={(node) => node?.scrollIntoView({ block: 'nearest' })}>
      {t('title')}
      <ul>
        {problems.map(({ at, field, problem, detail }) => (
          <li key={`${at}/${field}/${problem}/${detail}`}>
            {t('line', { place: [placeOf(at), fieldOf(field)].filter(Boolean).join(' · '), problem: t(problem) })}
            {detail ? ` (${detail})` : ''}
          </li>
        ))}
      </ul>
    </div>
  );
}
