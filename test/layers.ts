/**
 * Who may import whom (design.md 2), as data. A layer that is not named here does not exist; an exception is a row with a reason.
 */

export interface Layer {
  readonly mayImport: readonly string[];
  /** Layers of which only types may be imported. */
  readonly mayImportTypesOf?: readonly string[];
  /** Single files beyond that: contracts without any behaviour. */
  readonly mayImportFiles?: readonly string[];
  /** The only packages, or any. Node's own modules are `node:`. */
  readonly packages: readonly string[] | 'any';
  readonly reason: string;
}

export const LAYERS: Readonly<Record<string, Layer>> = {
  core: {
    mayImport: [],
    packages: [
      'bpmn-moddle',
      'zeebe-bpmn-moddle',
      'dmn-moddle',
      'lezer-feel',
      'decimal.js',
      'fhirpath',
      '@lhncbc/ucum-lhc',
      'zod',
      'canonicalize',
      'lossless-json',
      '@noble/hashes',
      're2js',
      'yaml',
    ],
    reason: 'Rules are pure: the same in the browser, at the door, in a workflow and in an audit years later.',
  },
  flows: { mayImport: ['core'], packages: ['node:', 'yaml'], reason: 'Flows are data in open standards; the only code reads them.' },
  workflows: {
    mayImport: ['core'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
    reason: "Workflows wait and decide by calling core; they are replayed, so nothing of Node's is there.",
  },
  db: { mayImport: ['core'], packages: ['kysely', 'pg', 'node:'], reason: 'Rows stay here; queries give core types.' },
  migrations: { mayImport: [], packages: ['kysely', 'pg'], reason: 'A released migration must not change with the code around it.' },
  engine: {
    mayImport: ['core', 'db'],
    mayImportTypesOf: ['workflows'],
    // Names of updates, queries and activities: a name has to be the same value on both sides.
    mayImportFiles: ['#workflows/messages.ts'],
    packages: ['kysely', 'zod', '@temporalio/client', '@temporalio/common', '@temporalio/proto', 'node:'],
    reason: 'The door and the relay: the one way to change an instance.',
  },
  activities: {
    mayImport: ['core', 'db', 'engine'],
    mayImportTypesOf: ['workflows'],
    // Names of updates, queries and activities: a name has to be the same value on both sides.
    mayImportFiles: ['#workflows/messages.ts'],
    packages: 'any',
    reason: 'Effects reach the world with whatever the effect needs, and come back through the door.',
  },
  api: {
    mayImport: ['core', 'db', 'engine', 'config'],
    packages: 'any',
    reason: 'Operations over HTTP. It puts the web process together, so it also reads the configuration.',
  },
  web: {
    mayImport: ['core', 'api'],
    packages: 'any',
    reason: 'Pages call operations; what they may do is decided behind them.',
  },
  config: { mayImport: [], packages: ['zod', 'node:'], reason: 'Everything may stand on the configuration, so it stands on nothing.' },
  bin: {
    mayImport: ['core', 'flows', 'workflows', 'db', 'migrations', 'engine', 'activities', 'api', 'config'],
    packages: 'any',
    reason: 'Programs put the parts together; nothing imports a program.',
  },
  test: {
    mayImport: ['core', 'flows', 'workflows', 'db', 'migrations', 'engine', 'activities', 'api', 'web', 'config', 'bin'],
    packages: 'any',
    reason: 'Tests see everything; nothing imports a test.',
  },
};

/** Inside the web: each folder may import those before it in this list, and itself. */
export const WEB_ORDER = ['messages', 'lib', 'i18n', 'ui', 'form-view', 'features', 'app'] as const;

/** Packages that parse diagrams, tables, forms or unknown input: too big for the workflow bundle, and not needed there. */
export const PARSERS = ['bpmn-moddle', 'zeebe-bpmn-moddle', 'dmn-moddle', 'fhirpath', 'zod', 'yaml'];

/** The oldest version of a package without a known hole that matters to us, and which hole (reliability.md c). */
export const VERSION_FLOORS: Readonly<Record<string, { readonly min: string; readonly why: string }>> = {
  next: { min: '16.3.3', why: 'proxy bypasses, action CSRF and image decoding' },
  react: { min: '19.2.6', why: 'denial of service on the server' },
  'react-dom': { min: '19.2.6', why: 'denial of service on the server' },
  'better-auth': { min: '1.6.22', why: 'account takeover, stored scripts' },
  '@better-auth/passkey': { min: '1.4.0', why: "deletion of others' passkeys" },
  kysely: { min: '0.28.17', why: 'injection through JSON paths' },
};
