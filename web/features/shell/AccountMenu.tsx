'use client';

import { CheckOutlined, DownOutlined, LogoutOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Popover } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MeView } from '#api/views.ts';
import { useKept } from '#web/features/offline/KeptProvider.tsx';
import { LanguageSwitch } from '#web/features/settings/LanguageSwitch.tsx';
import { SizeSwitch, ThemeSwitch } from '#web/features/settings/LookSwitches.tsx';
import { isAway, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { PersonMark } from '#web/ui/PersonChip.tsx';
import styles from './AccountMenu.module.css';
import { useMe } from './MeContext.tsx';
import shell from './Shell.module.css';

export function AccountMenu() {
  const t = useTranslations('shell');
  const me = useMe();
  const { name } = useText();
  const [isOpen, setOpen] = useState(false);
  const roleWords = useRoleWords(me);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={
        <div className={styles.menu}>
          <RoleSwitch onDone={() => setOpen(false)} />
          <div className={styles.switches}>
            <LanguageSwitch isBlock />
            <ThemeSwitch />
            <SizeSwitch />
          </div>
          <SignOutButton />
        </div>
      }
    >
      <button
        type="button"
        className={shell.account}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={t('account', { name: `${name(me.person)} ${roleWords}` })}
      >
        <PersonMark person={me.person} />
        <span className={shell.accountWords}>
          <span>{name(me.person)}</span>
          <small>{roleWords}</small>
        </span>
        <DownOutlined aria-hidden style={{ fontSize: 11 }} />
      </button>
    </Popover>
  );
}

function useRoleWords(me: MeView): string {
  const t = useTranslations('shell');
  const { text, name } = useText();
  const active = me.roles.find(({ id }) => id === me.activeRole);
  if (active) return `${text(active.name)} · ${name(active.organisation)}`;
  return me.roles.length === 1 && me.roles[0] ? `${text(me.roles[0].name)} · ${name(me.roles[0].organisation)}` : t('allRoles');
}

/** The hats a person wears. One at a time narrows every list to that hat's work. */
export function RoleSwitch({ onDone }: { readonly onDone?: () => void }) {
  const t = useTranslations('shell');
  const me = useMe();
  const router = useRouter();
  const client = useQueryClient();
  const { text, name } = useText();

  const choose = async (role: string | null) => {
    onDone?.();
    client.setQueryData(reads.me().key, await send<MeView>('PUT', '/api/me/active-role', { role }));
    await client.invalidateQueries();
    router.refresh();
  };
  const options = [
    ...(me.roles.length > 1 ? [{ id: null, label: t('allRoles'), hint: t('allRolesHint') }] : []),
    ...me.roles.map((role) => ({ id: role.id, label: text(role.name), hint: name(role.organisation) })),
  ];
  return (
    <div role="group" aria-label={t('roleSwitch')} className={styles.roles}>
      {options.map(({ id, label, hint }) => {
        const isActive = id === me.activeRole || me.roles.length === 1;
        return (
          <button key={id ?? 'all'} type="button" aria-pressed={isActive} onClick={() => choose(id)}>
            <span>
              {label}
              <small>{hint}</small>
            </span>
            {isActive ? <CheckOutlined aria-hidden /> : null}
          </button>
        );
      })}
    </div>
  );
}

export function SignOutButton() {
  const t = useTranslations('shell');
  const offline = useTranslations('offline');
  const kept = useKept();
  const { message, modal } = App.useApp();
  const signOut = async () => {
    try {
      await send('POST', '/api/auth/sign-out', {});
    } catch (error) {
      if (isAway(error)) {
        message.error(offline('signOutOffline'));
        return;
      }
      // The session may already be gone; the way out is the same.
    }
    await kept.leave().catch(() => undefined);
    window.location.assign(paths.signIn());
  };
  const ask = async () => {
    const count = (await kept.list()).length;
    if (count === 0) return signOut();
    modal.confirm({
      title: offline('signOutTitle'),
      content: offline('signOutHint', { count }),
      okText: offline('signOutConfirm'),
      okButtonProps: { danger: true },
      onOk: signOut,
    });
  };
  return (
    <Button block icon={<LogoutOutlined aria-hidden />} onClick={ask}>
      {t('signOut')}
    </Button>
  );
}
