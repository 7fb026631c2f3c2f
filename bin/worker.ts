/** The worker: runs workflows and activities, relays the journal to them. Any number may run. */
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, TransportError, Worker, type WorkerOptions } from '@temporalio/worker';
import pino from 'pino';
import { createCalledActivities } from '#activities/called.ts';
import { createCycleActivities } from '#activities/cycle.ts';
import { createActivities } from '#activities/index.ts';
import { secretsFrom } from '#activities/jobs/http/secrets.ts';
import { createJobHandlers } from '#activities/jobs/index.ts';
import { offerTo } from '#activities/jobs/offer.ts';
import { config } from '#config/config.ts';
import { jobSecrets } from '#config/job-secrets.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import { openDatabase } from '#db/database.ts';
import { listenForChanges } from '#db/notify.ts';
import { announceWorker } from '#db/relay.ts';
import { ACTIVATION_TIMEOUT } from '#engine/activation-timeout.ts';
import { startArchiver } from '#engine/archiver.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { Changes, haveNews } from '#engine/changes.ts';
import { InstanceCodec } from '#engine/codec.ts';
import { DataKeys } from '#engine/data-keys.ts';
import { Definitions } from '#engine/definitions.ts';
import { Door } from '#engine/door.ts';
import { startErrands } from '#engine/errands.ts';
import { startHeadLog } from '#engine/head-log.ts';
import { Histories } from '#engine/histories.ts';
import { localKeyProvider } from '#engine/keys.ts';
import { Matcher } from '#engine/matcher.ts';
import { startMigrator } from '#engine/migrator.ts';
import { Needs } from '#engine/needs.ts';
import { Processes } from '#engine/processes.ts';
import { Relay } from '#engine/relay.ts';
import { startRetention } from '#engine/retention.ts';
import { Schedules } from '#engine/schedules.ts';
import { startSurveyor } from '#engine/surveyor.ts';
import { errandHandlers } from './errand-handlers.ts';
import { interpreterOf } from './replay-histories.ts';
import { bundleWorkflows } from './start/workflow-bundle.ts';

const ANNOUNCE_MS = 5_000;
const RECONNECT_MS_MAX = 5_000;

const { database, temporal, worker: workerConfig, relay: relayConfig, keys: keyConfig, jobs: jobConfig, log } = config();
const logger = pino({ level: log.level, base: null });
const workerId = randomUUID();

const db = openDatabase({
  url: database.url,
  connectionsMax: database.poolSizeMax,
  applicationName: 'bihuan-worker',
  statementTimeoutMs: database.statementTimeoutMs,
});
const keys = new DataKeys(db, localKeyProvider(keyConfig.file));
const definitions = new Definitions(db);
const door = new Door({ db, keys, definitions, needs: new Needs(db), changes: new Changes(db) });
const codec = new InstanceCodec({ keys, definitions });
const processes = new Processes({ db, definitions });
const beginnings = new Beginnings({ db, door, keys, processes });
const dataConverter = {
  payloadCodecs: [codec],
  failureConverterPath: fileURLToPath(new URL('../engine/failure-converter.ts', import.meta.url)),
};

Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
    logger.warn(
      { level, sdk: message, workflowId: meta?.workflowId, activityType: meta?.activityType, attempt: meta?.attempt },
      'temporal',
    ),
  ),
});

const connectionOptions = {
  address: temporal.address,
  ...(temporal.tls && { tls: true }),
  ...(temporal.apiKey && { apiKey: temporal.apiKey }),
};
const connection = await untilConnected(() => NativeConnection.connect(connectionOptions));
const client = new Client({
  // Lazily: the relay retries by itself while Temporal is away. Without the limit gRPC waits up to two minutes before it looks again.
  connection: Connection.lazy({ ...connectionOptions, channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_MS_MAX } }),
  namespace: temporal.namespace,
  dataConverter: { payloadCodecs: dataConverter.payloadCodecs, failureConverterPath: dataConverter.failureConverterPath },
});
const interpreter = await interpreterOf(workerConfig.workflowBundleFile ?? (await bundleWorkflows()));
const workerOptions: WorkerOptions = {
  connection,
  namespace: temporal.namespace,
  taskQueue: temporal.taskQueue,
  workflowBundle: { codePath: interpreter.codePath },
  activities: {
    ...createActivities({
      door,
      jobs: createJobHandlers({
        db,
        keys,
        beginnings,
        processes,
        http: { ...jobConfig.http, secrets: secretsFrom(jobSecrets(jobConfig.secretsFile)) },
      }),
      offerJob: offerTo(db),
    }),
    ...createCalledActivities({ door, beginnings }),
    ...createCycleActivities({ db, beginnings, processes }),
  },
  dataConverter,
  maxCachedWorkflows: workerConfig.workflowCacheSizeMax,
  shutdownGraceTime: '5 seconds',
  // Heartbeats of jobs are passed on as often as they are made (`activities/jobs/run-job.ts`), so that a dead worker's are missed soon.
  maxHeartbeatThrottleInterval: '3 seconds',
  ...ACTIVATION_TIMEOUT,
};
// It asks for the namespace, and Temporal may have gone away again meanwhile.
const worker = await untilConnected(() => Worker.create(workerOptions));
const relay = new Relay({
  db,
  client,
  keys,
  definitions,
  taskQueue: temporal.taskQueue,
  workerId,
  concurrencyMax: relayConfig.concurrencyMax,
  leaseSeconds: relayConfig.leaseSeconds,
  onError: (what) => logger.warn(what, 'relay'),
});
const announce = (): void =>
  void announceWorker(db, { id: workerId, semantics: [SEMANTICS] }).catch((error: unknown) =>
    logger.warn({ error: nameOf(error) }, 'announce'),
  );

announce();
const announcing = setInterval(announce, ANNOUNCE_MS);
const matcher = new Matcher({
  db,
  door,
  keys,
  beginnings,
  processes,
  onError: (error) => logger.warn({ error: nameOf(error) }, 'matcher'),
});
const schedules = new Schedules({
  db,
  client,
  processes,
  taskQueue: temporal.taskQueue,
  onError: (error) => logger.warn({ error }, 'schedules'),
});
const wake = (hasNews: boolean): void => {
  relay.wake();
  if (hasNews) matcher.wake();
};
const stopListening = listenForChanges(database.url, { changes: (changes) => wake(haveNews(changes)), gap: () => wake(true) });
relay.start();
matcher.start();
schedules.start();
const headLog = startHeadLog(db, (error) => logger.warn({ error: nameOf(error) }, 'head log'));
const migrator = startMigrator({ db, door, onError: (error) => logger.warn({ error: nameOf(error) }, 'migrator') });
const histories = new Histories({ db, client });
const archiver = startArchiver({ db, keys, histories }, (error) => logger.warn({ error: nameOf(error) }, 'archiver'));
const handlers = errandHandlers({ db, client, keys, definitions, door, histories, codec, dataConverter, interpreter });
const surveyor = startSurveyor({ db, keys, definitions }, (error) => logger.warn({ error: nameOf(error) }, 'surveyor'));
const retention = startRetention(db, (error) => logger.warn({ error: nameOf(error) }, 'retention'));
const errands = startErrands({ db, handlers }, (error) => logger.warn({ error: nameOf(error) }, 'errands'));
logger.info({ workerId }, 'worker started');
try {
  // Ends on SIGTERM or SIGINT, after what runs has finished.
  await worker.run();
} finally {
  clearInterval(announcing);
  stopListening();
  await relay.stop();
  await migrator.stop();
  await matcher.stop();
  await schedules.stop();
  await headLog.stop();
  await archiver.stop();
  await surveyor.stop();
  await retention.stop();
  await errands.stop();
  await db.destroy();
  await connection.close();
}

/** Temporal may come up after us. */
async function untilConnected<T>(connect: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      logger.warn({ error: nameOf(error) }, 'Temporal does not answer yet');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

process.on('unhandledRejection', (error) => logger.error({ error: nameOf(error) }, 'unhandled'));
