'use client';

import { App, Button, Input } from 'antd';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, useRef } from 'react';
import type { MediaForEdit } from '#core/form-edit/look-settings.ts';
import { fileSizeText } from '#web/form-view/file-size.ts';
import { ListField } from './ListField.tsx';
import type { SettingProps } from './setting-field.ts';

/** A picture stands in the form itself and goes wherever it goes. */
const BYTES_MAX = 300 * 1024;

/** Pictures beside the question. Nothing is loaded from elsewhere when a form is filled in, so they are taken into it. */
export function MediaField({ id, value, onChange, onLeave, isDisabled }: SettingProps<readonly MediaForEdit[]>) {
  const t = useTranslations('formBuilder.media');
  const { message } = App.useApp();
  const picker = useRef<HTMLInputElement>(null);
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    if (file.size > BYTES_MAX) {
      message.warning(t('tooLarge', { max: fileSizeText(BYTES_MAX) }));
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    onChange([...value, { title: file.name.replace(/\.\w+$/, ''), contentType: file.type, data, url: '' }]);
  };
  return (
    <>
      <ListField id={id} name="media" entries={value} onChange={onChange} isDisabled={isDisabled} blank={null}>
        {(media, change, number) => (
          <Input
            aria-label={t('title', { number })}
            placeholder={t('titleShort')}
            value={media.title}
            disabled={isDisabled}
            onChange={({ target }) => change({ title: target.value })}
            onBlur={onLeave}
          />
        )}
      </ListField>
      <Button size="small" disabled={isDisabled} onClick={() => picker.current?.click()}>
        {t('pick')}
      </Button>
      <input ref={picker} type="file" accept="image/*" hidden onChange={(event) => void take(event)} />
    </>
  );
}
