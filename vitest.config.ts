import path from 'node:path';
import { defineConfig } from 'vitest/config';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Never the stack that `npm start` keeps: tests start their own and are told its addresses. */
const env = { BIHUAN_HOME: path.resolve('.bihuan/test'), DATABASE_URL: '', TEMPORAL_ADDRESS: '' };

/** Every diagram of the catalogue through the real parts; beside the catalogue, and with a PostgreSQL and a Temporal. */
const THROUGH = 'test/conformance/through.test.ts';

const exclude = ['**/node_modules/**', '**/.next/**'];

export default defineConfig({
  test: {
    env,
    projects: [
      {
        // Pure or nearly so: in parallel, without a server that would want its share of the cores.
        test: {
          name: 'unit',
          env,
          maxWorkers: '100%',
          exclude: [...exclude, THROUGH],
          include: ['{core,flows,config,web}/**/*.test.{ts,tsx}', 'test/*.test.ts', 'test/conformance/**/*.test.ts'],
          testTimeout: 30 * SECOND_MS,
        },
      },
      {
        // With a real PostgreSQL and a real Temporal, shared by all files.
        test: {
          name: 'integration',
          env,
          exclude,
          include: ['{db,migrations,engine,workflows,activities,api,bin}/**/*.test.ts', 'test/{integration,replay}/**/*.test.ts', THROUGH],
          globalSetup: ['test/support/shared-foundation.ts'],
          // More than `until` waits, so that it is the condition that a failure names.
          testTimeout: MINUTE_MS,
          hookTimeout: 2 * MINUTE_MS,
        },
      },
      {
        // The whole product from a production build, one file after the other: they share its people.
        test: {
          name: 'browser',
          env,
          exclude,
          include: ['test/browser/**/*.test.ts'],
          // Two cores that many share can be slow; what holds is seen at once all the same.
          expect: { poll: { timeout: 30 * SECOND_MS } },
          globalSetup: ['test/support/shared-product.ts'],
          fileParallelism: false,
          testTimeout: 3 * MINUTE_MS,
          hookTimeout: 2 * MINUTE_MS,
        },
      },
      {
        // Each file starts a stack of its own and kills parts of it.
        test: {
          name: 'chaos',
          env,
          exclude,
          include: ['test/chaos/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 10 * MINUTE_MS,
          hookTimeout: 5 * MINUTE_MS,
        },
      },
    ],
  },
});
