'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import {
  keepPreference,
  type Preferences,
  SCHEME_COOKIE,
  type Scheme,
  SIZE_COOKIE,
  type Size,
  schemeFrom,
  THEME_COOKIE,
  type ThemeChoice,
} from './preferences.ts';

interface PreferencesValue extends Preferences {
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly setSize: (size: Size) => void;
}

const PreferencesContext = createContext<PreferencesValue | null>(null);

export function usePreferences(): PreferencesValue {
  const value = useContext(PreferencesContext);
  if (value === null) throw new Error('usePreferences stands outside of PreferencesProvider.');
  return value;
}

const DARK_SCHEME = '(prefers-color-scheme: dark)';

export function PreferencesProvider({ initial, children }: { readonly initial: Preferences; readonly children: ReactNode }) {
  const [theme, setTheme] = useState(initial.theme);
  const [size, setSize] = useState(initial.size);
  const [seen, setSeen] = useState<Scheme>(initial.scheme);
  const scheme = schemeFrom(theme, seen);

  useEffect(() => {
    const list = window.matchMedia(DARK_SCHEME);
    const look = () => {
      const found: Scheme = list.matches ? 'dark' : 'light';
      keepPreference(SCHEME_COOKIE, found);
      setSeen(found);
    };
    look();
    list.addEventListener('change', look);
    return () => list.removeEventListener('change', look);
  }, []);

  useEffect(() => {
    document.documentElement.dataset.theme = scheme;
    document.documentElement.dataset.size = size;
  }, [scheme, size]);

  return (
    <PreferencesContext
      value={{
        theme,
        size,
        scheme,
        isPhone: initial.isPhone,
        setTheme: (next) => {
          keepPreference(THEME_COOKIE, next);
          setTheme(next);
        },
        setSize: (next) => {
          keepPreference(SIZE_COOKIE, next);
          setSize(next);
        },
      }}
    >
      {children}
    </PreferencesContext>
  );
}
