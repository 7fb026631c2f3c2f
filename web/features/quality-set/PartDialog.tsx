import { Input, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type { SetContents } from '#core/quality/set-draft.ts';
import type { LocalizedText } from '#core/text.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { Problems } from './Problems.tsx';
import type { Draft } from './use-draft.ts';

export interface PartDialogProps {
  readonly title: string;
  readonly draft: Draft;
  /** What the draft holds with this part in it. */
  readonly contents: () => SetContents;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** One part of the draft, new or changed. What is wrong is told here, and what was written stays. */
export function PartDialog({ title, draft, contents, onClose, children }: PartDialogProps) {
  const t = useTranslations('qualitySet');
  return (
    <Modal
      open
      width={720}
      title={title}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={draft.isSaving}
      onCancel={onClose}
      onOk={() => draft.save(contents(), onClose)}
    >
      <div className={lists.fields}>
        {children}
        <Problems problems={draft.problems} />
      </div>
    </Modal>
  );
}

/** In its place, or behind the others where it is new (`begins`: as it was; null: new). */
export const withPart = <Part extends { readonly code: string }>(parts: readonly Part[], begins: Part | null, part: Part): Part[] =>
  begins ? parts.map((each) => (each.code === begins.code ? part : each)) : [...parts, part];

interface CodeFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly code: string;
  /** What is known by its code already keeps it. */
  readonly isNew: boolean;
  readonly onChange: (code: string) => void;
}

export function CodeField({ label, hint, code, isNew, onChange }: CodeFieldProps) {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <Input
        id={id}
        value={code}
        disabled={!isNew}
        maxLength={60}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => onChange(target.value.trim())}
      />
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className={lists.second}>
          {hint}
        </span>
      )}
    </label>
  );
}

type BothLanguages = Required<LocalizedText>;

interface TextPairProps {
  readonly legend: string;
  readonly value: BothLanguages | undefined;
  readonly onChange: (value: BothLanguages) => void;
}

/** A text in both languages. */
export function TextPair({ legend, value = { 'zh-CN': '', en: '' }, onChange }: TextPairProps) {
  const t = useTranslations('qualitySet.languages');
  const id = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {(['zh-CN', 'en'] as const).map((language) => (
        <label key={language} htmlFor={`${id}-${language}`}>
          {t(language)}
          <Input
            id={`${id}-${language}`}
            value={value[language]}
            maxLength={300}
            onChange={({ target }) => onChange({ ...value, [language]: target.value })}
          />
        </label>
      ))}
    </fieldset>
  );
}
