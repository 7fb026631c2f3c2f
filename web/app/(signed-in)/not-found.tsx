export { NotFoundPage as default } from '#web/features/shell/NotFoundPage.tsx';
