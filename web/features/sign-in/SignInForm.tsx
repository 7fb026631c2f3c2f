'use client';

import { Alert, Button, Input } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { ApiError, send } from '#web/lib/api.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { DemoPeople } from './DemoPeople.tsx';
import styles from './SignInForm.module.css';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

export function SignInForm({ next }: { readonly next: string }) {
  const t = useTranslations('auth');
  const words = useErrorWords();
  const [failure, setFailure] = useState<string | null>(null);
  const { control, handleSubmit, setValue, setFocus, formState } = useForm<Credentials>({ defaultValues: { username: '', password: '' } });

  const signIn = async (credentials: Credentials) => {
    setFailure(null);
    try {
      await send('POST', '/api/auth/sign-in/username', credentials);
      // A full load: everything that was read as somebody else is gone with the page.
      window.location.assign(next);
      await new Promise(() => {});
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 0;
      setFailure(status === 429 ? t('tooMany') : status >= 400 && status < 500 ? t('wrong') : words(error));
      setFocus('password');
    }
  };

  return (
    <>
      <form className={styles.form} onSubmit={handleSubmit(signIn)} noValidate>
        {failure ? <Alert type="error" showIcon title={failure} role="alert" /> : null}
        <Field control={control} name="username" label={t('username')} required={t('usernameRequired')} />
        <Field control={control} name="password" label={t('password')} required={t('passwordRequired')} />
        <Button type="primary" htmlType="submit" size="large" block loading={formState.isSubmitting}>
          {t('submit')}
        </Button>
      </form>
      <DemoPeople
        onChoose={({ signInName, password }) => {
          setValue('username', signInName);
          if (password === undefined) {
            setFocus('password');
            return;
          }
          setValue('password', password);
          void signIn({ username: signInName, password });
        }}
      />
    </>
  );
}

interface FieldProps {
  readonly control: ReturnType<typeof useForm<Credentials>>['control'];
  readonly name: keyof Credentials;
  readonly label: string;
  readonly required: string;
}

function Field({ control, name, label, required }: FieldProps) {
  const id = useId();
  const Control = name === 'password' ? Input.Password : Input;
  return (
    <Controller
      control={control}
      name={name}
      rules={{ required }}
      render={({ field, fieldState: { error } }) => (
        <div>
          <label htmlFor={id}>{label}</label>
          <Control
            {...field}
            id={id}
            size="large"
            autoComplete={name === 'password' ? 'current-password' : 'username'}
            autoCapitalize="none"
            spellCheck={false}
            status={error ? 'error' : ''}
            aria-invalid={error ? true : undefined}
            aria-describedby={`${id}-error`}
          />
          <p className={styles.error} id={`${id}-error`}>
            {error?.message}
          </p>
        </div>
      )}
    />
  );
}
