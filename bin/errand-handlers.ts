/** What a worker does for those who ask by an errand: it puts together what the engine needs for that. */
import type { Client } from '@temporalio/client';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import type { Database } from '#db/database.ts';
import type { DataKeys } from '#engine/data-keys.ts';
import type { Definitions } from '#engine/definitions.ts';
import type { Door } from '#engine/door.ts';
import type { ErrandHandlers } from '#engine/errands.ts';
import type { Histories } from '#engine/histories.ts';
import { rebuildMissing } from '#engine/rebuild.ts';
import { type ReplayHistories, replayInstance } from '#engine/replay.ts';
import { type Interpreter, replayHistories } from './replay-histories.ts';

export interface ErrandParts {
  readonly db: Database;
  readonly client: Client;
  readonly keys: DataKeys;
  readonly definitions: Definitions;
  readonly door: Pick<Door, 'resolve'>;
  readonly histories: Histories;
  readonly codec: PayloadCodec;
  readonly dataConverter: DataConverter;
  readonly interpreter: Interpreter;
}

export function errandHandlers(parts: ErrandParts): ErrandHandlers {
  const { interpreter, ...rest } = parts;
  const deps = { ...rest, interpreter: interpreter.version, replayHistories: replayWith(parts) };
  return {
    async replay({ instanceId }, progress) {
      if (!instanceId) throw new Error('A replay is of one instance.');
      return replayInstance(deps, instanceId, progress);
    },
    rebuild: (errand, progress) => rebuildMissing(deps, errand, progress),
  };
}

export const replayWith =
  ({ interpreter, dataConverter }: Pick<ErrandParts, 'interpreter' | 'dataConverter'>): ReplayHistories =>
  async (instanceId, runs) => {
    const errors = new Map<string, string | null>();
    const histories = runs.map((run) => ({ instanceId, ...run }));
    for await (const { runId, error } of replayHistories({ codePath: interpreter.codePath, dataConverter }, histories))
      errors.set(runId, error);
    return runs.map(({ runId }) => errors.get(runId) ?? (errors.has(runId) ? null : 'NotReplayed'));
  };
