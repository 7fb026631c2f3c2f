'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { RoleSwitch, SignOutButton } from '#web/features/shell/AccountMenu.tsx';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { SizeSwitch, ThemeSwitch } from './LookSwitches.tsx';
import styles from './SettingsPage.module.css';

/** The person, their roles and the look. On phones this is also the way to what the foot bar has no room for. */
export function SettingsPage() {
  const t = useTranslations('settings');
  const shell = useTranslations('shell');
  const common = useTranslations('common');
  const { person, teams, can } = useMe();
  const { name } = useText();
  return (
    <Page isNarrow>
      <PageHeader title={t('title')} />
      <div className={styles.panels}>
        <Panel title={t('person')}>
          <p className={styles.person}>
            <PersonChip person={person} showsOrganisation />
            <span>{person.title}</span>
          </p>
          {teams.length > 0 ? (
            <p className={styles.teams}>
              {t('teams')}
              {common('colon')}
              {teams.map(name).join(common('separator'))}
            </p>
          ) : null}
          <p className={styles.links}>
            {can.read ? <Link href={paths.instances()}>{shell('instances')}</Link> : null}
            {can.audit ? <Link href={paths.audit()}>{shell('audit')}</Link> : null}
            {can.operate ? <Link href={paths.operations()}>{shell('operations')}</Link> : null}
            {can.readQuality ? <Link href={paths.quality()}>{shell('quality')}</Link> : null}
            {can.manageMasterData ? <Link href={paths.masterData()}>{shell('masterData')}</Link> : null}
            <Link href={paths.standards()}>{shell('standards')}</Link>
            {can.readDefinitions ? <Link href={paths.definitions()}>{shell('definitions')}</Link> : null}
            {can.readForms ? <Link href={paths.forms()}>{shell('forms')}</Link> : null}
          </p>
        </Panel>
        <Panel title={t('role')}>
          <RoleSwitch />
        </Panel>
        <Panel title={t('look')}>
          <dl className={styles.look}>
            <div>
              <dt>{t('language')}</dt>
              <dd>
                <LanguageSwitch isBlock />
              </dd>
            </div>
            <div>
              <dt>{t('theme')}</dt>
              <dd>
                <ThemeSwitch />
              </dd>
            </div>
            <div>
              <dt>{t('size')}</dt>
              <dd>
                <SizeSwitch />
              </dd>
            </div>
          </dl>
        </Panel>
        <SignOutButton />
      </div>
    </Page>
  );
}
