/**
 * The code that workflows run in their sandbox, bundled once for each state of its sources: a worker that was killed is back the
 * sooner, and many workers on one machine do not bundle the same again.
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { BundleOptions } from '@temporalio/worker';
import { ROOT } from './applications.ts';
import { hashSources } from './sources.ts';

type WebpackConfiguration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

const SOURCES = ['workflows', 'core', 'engine/failure-converter.ts', 'package-lock.json', 'bin/start/workflow-bundle.ts'];
const FOLDER = path.join(ROOT, '.bihuan', 'build');
/** Of other branches, perhaps; older ones go. */
const KEPT = 3;

/** The bundle's file, for WORKFLOW_BUNDLE_FILE. */
export async function bundleWorkflows(): Promise<string> {
  const file = path.join(FOLDER, `workflows-${(await hashSources(SOURCES)).slice(0, 16)}.js`);
  if ((await stat(file).catch(() => null)) !== null) return file;
  const code = await bundle();
  await mkdir(FOLDER, { recursive: true });
  // Written beside and renamed: whoever looks meanwhile sees all of it or nothing.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, file);
  await removeOld();
  return file;
}

async function bundle(): Promise<string> {
  // Loaded only when needed: it brings webpack and the native core.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(ROOT, 'workflows', 'index.ts'),
    failureConverterPath: path.join(ROOT, 'engine', 'failure-converter.ts'),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: quickened,
  });
  return code;
}

/**
 * What the SDK bundles for debugging, we bundle for running: every workflow evaluates the modules anew and hashes its whole state at
 * each step. As one module without getters between, in the language the worker's Node speaks, that takes a fraction of the time.
 */
function quickened(configuration: WebpackConfiguration): WebpackConfiguration {
  const rules = configuration.module?.rules?.map((rule) => {
    if (typeof rule !== 'object' || rule === null || typeof rule.use !== 'object' || rule.use === null) return rule;
    if (!('options' in rule.use) || typeof rule.use.options !== 'object') return rule;
    const { jsc, ...options } = rule.use.options as { readonly jsc: object };
    return { ...rule, use: { ...rule.use, options: { ...options, jsc: { ...jsc, target: 'es2022' } } } };
  });
  return {
    ...configuration,
    module: { ...configuration.module, ...(rules && { rules }) },
    optimization: { ...configuration.optimization, providedExports: true, usedExports: true, sideEffects: true, concatenateModules: true },
  };
}

async function removeOld(): Promise<void> {
  const files = (await readdir(FOLDER)).filter((name) => /^workflows-\w+\.js$/.test(name)).map((name) => path.join(FOLDER, name));
  const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT);
  await Promise.all(old.map(({ file }) => rm(file, { force: true })));
}
