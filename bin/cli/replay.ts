/** `bihuan replay --open`, the release gate: would this clone's workflows go on where the running ones stand? */
import { parseArgs } from 'node:util';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { readRelayedPage } from '#db/relay.ts';
import { type HistoryToReplay, type Interpreter, interpreterOf, replayHistories } from '../replay-histories.ts';
import type { CliCommand } from './command.ts';
import { type Connected, connected } from './connected.ts';

export const replay: CliCommand = {
  help: `bihuan replay --open [--bundle FILE]

Replays the histories of all open instances of a running stack through the workflows of this clone, or of a bundle built
beforehand, and changes nothing.
Prints each instance whose workflow would do otherwise, then how many were replayed and how long it took.
Exit code: 0 when all replay, 1 when one does not: then do not release.`,
  run: async (args) => {
    const { values } = parseArgs({ args: [...args], options: { open: { type: 'boolean' }, bundle: { type: 'string' } } });
    if (!values.open) {
      console.error(`bihuan replay: say --open.\n\n${replay.help}`);
      return 1;
    }
    // What does not replay is told below, by instance.
    Runtime.install({
      logger: new DefaultLogger('ERROR', () => undefined),
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
    });
    const interpreter = await interpreterOf(values.bundle ?? (await bundleWorkflows()));
    return connected((parts) => replayOpen(parts, interpreter));
  },
};

async function replayOpen(parts: Connected, interpreter: Interpreter): Promise<number> {
  const began = Date.now();
  const missing: string[] = [];
  let replayed = 0;
  let failed = 0;
  const { codePath } = interpreter;
  for await (const { instanceId, error } of replayHistories(
    { codePath, dataConverter: parts.dataConverter },
    openHistories(parts, missing),
  )) {
    replayed += 1;
    if (error === null) continue;
    failed += 1;
    console.log(`${instanceId}: ${error}`);
  }
  const seconds = ((Date.now() - began) / 1_000).toFixed(1);
  if (missing.length > 0) console.log(`${missing.length} without a workflow: "bihuan rebuild" builds them anew.`);
  console.log(`${replayed} histories replayed in ${seconds} s through interpreter ${interpreter.version}, ${failed} do otherwise`);
  return failed === 0 ? 0 : 1;
}

const PAGE = 100;

/** One by one, so that memory holds no more than those that are being replayed. */
async function* openHistories({ db, histories }: Connected, missing: string[]): AsyncGenerator<HistoryToReplay> {
  for (let afterId: string | null = null; ; ) {
    const page = await readRelayedPage(db, { afterId, limit: PAGE });
    for (const { instanceId } of page) {
      const run = await histories.currentRun(instanceId);
      const history = run?.isOpen ? await histories.read(instanceId, { runId: run.runId, place: 'temporal' }, null) : null;
      if (run && history) yield { instanceId, runId: run.runId, history };
      else missing.push(instanceId);
    }
    afterId = page.at(-1)?.instanceId ?? null;
    if (page.length < PAGE) return;
  }
}
