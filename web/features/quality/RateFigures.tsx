import { useTranslations } from 'next-intl';
import type { ReportingRates } from '#core/quality/rates.ts';
import { counted, percent } from './numbers.ts';
import styles from './Quality.module.css';

/** The five rates. */
export function RateFigures({ rates }: { readonly rates: ReportingRates }) {
  const t = useTranslations('quality');
  const figures = [
    ['expected', counted(rates.expected)],
    ['actual', counted(rates.actual)],
    ['rate', percent(rates.rate)],
    ['actualOnTime', counted(rates.actualOnTime)],
    ['rateOnTime', percent(rates.rateOnTime)],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
