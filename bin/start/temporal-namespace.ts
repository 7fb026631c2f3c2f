/** Our namespace in a Temporal, ours or a hospital's: there, kept long enough, with our search attributes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { TemporalSettings } from './temporal-settings.ts';

export interface TemporalTarget {
  readonly address: string;
  readonly tls?: boolean;
  readonly apiKey?: string | undefined;
}

export const connectTemporal = ({ address, tls = false, apiKey }: TemporalTarget) =>
  Connection.connect({ address, tls, connectTimeout: 3_000, ...(apiKey === undefined ? {} : { apiKey }) });

const DAY_MS = 86_400_000;
const READY_WITHIN_MS = 60_000;

export async function prepareNamespace(options: {
  readonly target: TemporalTarget;
  readonly namespace: string;
  readonly settings: TemporalSettings;
}): Promise<void> {
  const { target, namespace, settings } = options;
  const connection = await connectTemporal(target);
  const until = Date.now() + READY_WITHIN_MS;
  try {
    // A server that has just begun answers before all of its parts do.
    for (;;) {
      try {
        await ensureNamespace(connection, namespace, settings.retentionDays);
        await ensureSearchAttributes(connection, namespace, settings.searchAttributes);
        return;
      } catch (error) {
        if (!isGrpcServiceError(error)) throw error;
        if (error.code === PERMISSION_DENIED) throw new Error(forbidden(options), { cause: error });
        if (Date.now() > until) throw error;
        await sleep(100);
      }
    }
  } finally {
    await connection.close();
  }
}

// gRPC's status codes.
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;

async function ensureNamespace(connection: Connection, namespace: string, retentionDays: number): Promise<void> {
  const wanted = msToTs(retentionDays * DAY_MS);
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const kept = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
    if (kept >= Number(wanted.seconds)) return;
    await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: wanted } });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: wanted });
  }
}

/** The numbers of Temporal's `IndexedValueType`. */
const TYPE_NUMBERS = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: TemporalSettings['searchAttributes'],
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(wanted).filter(([name]) => customAttributes?.[name] === undefined);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map(([name, type]) => [name, TYPE_NUMBERS[type]]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

const forbidden = ({ target, namespace, settings }: Parameters<typeof prepareNamespace>[0]) =>
  `Temporal at ${target.address} does not let us prepare the namespace "${namespace}". Ask its administrator for the namespace with ` +
  `${settings.retentionDays} days of retention and the search attributes ${Object.entries(settings.searchAttributes)
    .map(([name, type]) => `${name} (${type})`)
    .join(', ')}.`;
