'use client';

export { ErrorPage as default } from '#web/features/shell/ErrorPage.tsx';
