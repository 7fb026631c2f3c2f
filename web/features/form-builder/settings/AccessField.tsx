'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { isRole, ROLES, type Role } from '#core/access/roles.ts';
import { ACCESS_MODES, type AccessMode, type AccessRule, elementsNamedIn } from '#core/form/access/rules.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { ListField } from './ListField.tsx';
import type { SettingProps } from './setting-field.ts';

const NEW_RULE: AccessRule = { mode: 'read-only', elements: [], roles: [], exceptRoles: [] };

const ROLE_NAMES = Object.keys(ROLES).filter(isRole);

/** Who may see and change it: how, at which steps, for whom. A step is named by its id in the diagram; those that the form names are offered. */
export function AccessField({ id, value, onChange, isDisabled, form }: SettingProps<readonly AccessRule[]>) {
  const t = useTranslations('formBuilder.access');
  const { text } = useText();
  const roles = ROLE_NAMES.map((role: Role) => ({ value: role, label: text(ROLES[role]) }));
  return (
    <ListField id={id} name="access" entries={value} onChange={onChange} isDisabled={isDisabled} blank={NEW_RULE}>
      {(rule, change, number) => (
        <>
          <Select
            aria-label={t('mode', { number })}
            className={styles.full}
            disabled={isDisabled}
            value={rule.mode}
            onChange={(mode: AccessMode) => change({ mode })}
            options={ACCESS_MODES.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))}
          />
          <Select
            aria-label={t('elements', { number })}
            className={styles.full}
            mode="tags"
            placeholder={t('everywhere')}
            disabled={isDisabled}
            value={[...rule.elements]}
            onChange={(elements: string[]) => change({ elements })}
            options={elementsNamedIn(form).map((element) => ({ value: element, label: element }))}
          />
          <Select
            aria-label={t('roles', { number })}
            className={styles.full}
            mode="multiple"
            placeholder={t('everybody')}
            disabled={isDisabled}
            value={[...rule.roles]}
            onChange={(chosen: string[]) => change({ roles: chosen })}
            options={roles}
          />
          <Select
            aria-label={t('exceptRoles', { number })}
            className={styles.full}
            mode="multiple"
            placeholder={t('nobodyExcepted')}
            disabled={isDisabled}
            value={[...rule.exceptRoles]}
            onChange={(chosen: string[]) => change({ exceptRoles: chosen })}
            options={roles}
          />
        </>
      )}
    </ListField>
  );
}
