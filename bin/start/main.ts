/** `npm start`: the whole product on one machine, kept running until it is asked to stop. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { type LocalConfig, parseLocalConfig } from '#config/local.ts';
import { startSeed, startSeedInstances, startWeb, startWorker } from './applications.ts';
import { describeEnding } from './child.ts';
import { endLeftovers } from './leftovers.ts';
import { identify, isRunning } from './process-identity.ts';
import { say, step } from './progress.ts';
import { recall, remember } from './remembered.ts';
import { printScreen } from './screen.ts';
import { Service } from './service.ts';
import { databasePart, type Part, temporalPart } from './stack.ts';
import { sessionSecret, writeStackFile } from './stack-file.ts';
import { readTemporalSettings } from './temporal-settings.ts';
import { buildWeb } from './web-build.ts';
import { bundleWorkflows } from './workflow-bundle.ts';

const BEGAN = Date.now();
const local = parsed();
const supervisorFile = path.join(local.home, 'supervisor.json');
/** In the order of their start; stopped the other way round. */
const services: Service[] = [];
let isStopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked a second time: leave at once, the guard ends what is left.
    if (isStopping) process.exit(130);
    void stop(0);
  });
}

try {
  await start();
} catch (error) {
  if (!isStopping) {
    say(`\n${messageOf(error)}`);
    await stop(1);
  }
}

async function start(): Promise<void> {
  await takePlace();
  // Before ports are chosen, which they may hold.
  await endLeftovers(local.home);
  const logs = path.join(local.home, 'logs');
  const settings = await readTemporalSettings();
  const [database, temporal, webBuild, workflowBundle] = await Promise.all([
    databasePart({ local, logs, tell: say }).then(kept),
    temporalPart({ local, logs, tell: say, settings }).then(kept),
    step(
      'Web',
      (report) => buildWeb({ report }),
      ({ isNew }) => (isNew ? 'Web built' : 'Web unchanged since its last build'),
    ),
    step('Workflow bundle', () => bundleWorkflows()),
  ]);
  const { host } = local.web;
  let { port } = local.web;
  const publicUrl = (): string => local.web.publicUrl ?? `http://localhost:${port}`;
  const environment = {
    ...database.environment,
    ...temporal.environment,
    SESSION_SECRET: process.env.SESSION_SECRET ?? (await sessionSecret(local.home)),
    KEY_FILE: process.env.KEY_FILE ?? path.join(local.home, 'root-key'),
    WORKFLOW_BUNDLE_FILE: workflowBundle,
    WEB_DIRECTORY: webBuild.directory,
    SAMPLE_NETWORK: String(local.sampleNetwork),
    // On a machine of samples one tries all the people, from one address.
    SIGN_IN_ATTEMPTS_PER_MINUTE: process.env.SIGN_IN_ATTEMPTS_PER_MINUTE ?? (local.sampleNetwork ? '600' : '20'),
    NODE_ENV: 'production',
  } as const;
  const addresses = () => ({ HOST: host, PORT: String(port), PUBLIC_URL: publicUrl() });
  const options = (name: string, file: string, more: Readonly<Record<string, string>> = {}) => ({
    name,
    env: { ...process.env, ...environment, ...more },
    logFile: path.join(logs, `${file}.log`),
    identityFile: path.join(local.home, 'processes', `${file}.json`),
  });
  const worker = new Service({ name: 'Worker', tell: say, start: () => startWorker(options('Worker', 'worker')) });
  const web = new Service({
    name: 'Web server',
    tell: say,
    async start({ isRestart }) {
      const running = await startWeb({
        port,
        host,
        isRestart,
        on(free) {
          port = free;
          return options('Web server', 'web', addresses());
        },
      });
      return running.child;
    },
  });
  await Promise.all([
    local.sampleNetwork ? step('Sample network', () => seed(startSeed(options('The sample network', 'seed')))) : undefined,
    step(
      'Worker',
      () => startKept(worker),
      () => 'Worker started',
    ),
    step(
      'Web server',
      () => startKept(web),
      () => `Web server on port ${port}${port === local.web.port ? '' : ` (${local.web.port} is in use)`}`,
    ),
  ]);
  await writeStackFile(local.home, { ...environment, ...addresses() });
  if (local.sampleNetwork) {
    // The product works without them; the next start goes on where this one ended.
    await step('Sample instances', async (report) => {
      report(`${publicUrl()} is open already`);
      await seed(startSeedInstances(options('The sample instances', 'seed-instances', addresses())));
    }).catch((error: unknown) => say(messageOf(error)));
  }
  printScreen({
    url: publicUrl(),
    temporalUiUrl: temporal.environment.TEMPORAL_UI_URL,
    logs,
    hasSamples: local.sampleNetwork,
    seconds: (Date.now() - BEGAN) / 1000,
  });
}

function parsed(): LocalConfig {
  try {
    return parseLocalConfig(process.env);
  } catch (error) {
    say(messageOf(error));
    process.exit(1);
  }
}

/** One stack a folder: a second `npm start` says so instead of fighting for the data. */
async function takePlace(): Promise<void> {
  const other = await recall(supervisorFile);
  if (other !== null && other.pid !== process.pid && (await isRunning(other))) {
    say('Bihuan is running already in another terminal. Stop it there with Ctrl-C, or with "npm run stop".');
    process.exit(1);
  }
  const self = await identify(process.pid);
  if (self !== null) await remember(supervisorFile, self);
}

async function kept(part: Part): Promise<Part> {
  if (part.service !== null) services.unshift(part.service);
  return part;
}

async function startKept(service: Service): Promise<void> {
  services.push(service);
  await service.start();
}

async function seed(started: ReturnType<typeof startSeed>): Promise<void> {
  const child = await started;
  const ending = await child.ended;
  if (ending.code !== 0) throw new Error(`${child.name} cannot be made (${describeEnding(ending)}); its log is ${child.logFile}`);
}

async function stop(code: number): Promise<void> {
  isStopping = true;
  if (services.length > 0) say('\nStopping …');
  for (const service of services.reverse()) await service.stop().catch((error: unknown) => say(`${service.name}: ${messageOf(error)}`));
  await rm(supervisorFile, { force: true });
  if (code === 0) say('Stopped. The data stays; "npm start" continues with it.');
  process.exit(code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
