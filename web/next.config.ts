import path from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  // The page imports core and the API, which stand beside it: the root is the repository.
  turbopack: {
    root: path.join(import.meta.dirname, '..'),
    resolveAlias: { 'next-intl/config': './i18n/request.ts' },
  },
  serverExternalPackages: [
    'pg',
    'kysely',
    '@temporalio/client',
    '@temporalio/common',
    'better-auth',
    'bpmn-moddle',
    'zeebe-bpmn-moddle',
    'dmn-moddle',
    'feelin',
    'pino',
  ],
  // Types are checked by `npm test` for the whole repository; a second check would only delay `npm start`.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  devIndicators: false,
  experimental: { optimizePackageImports: ['antd', '@ant-design/icons'] },
};

export default config;
