import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseLocalConfig } from '#config/local.ts';
import { ROOT } from './applications.ts';
import { removeAtEnd } from './child.ts';
import { identify, terminate } from './process-identity.ts';
import { startTemporal, type Temporal } from './temporal.ts';
import { findTemporal } from './temporal-find.ts';
import { readTemporalSettings } from './temporal-settings.ts';

let folder: string;
let running: Temporal | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'bihuan-temporal-'));
  removeAtEnd(folder);
});

afterEach(async () => {
  await running?.child.stop();
  const stranger = await identify(Number(await readFile(path.join(folder, 'stranger.pid'), 'utf8').catch(() => 'none')));
  if (stranger !== null) await terminate(stranger, { signal: 'SIGTERM', graceMs: 5_000 });
  await rm(folder, { recursive: true, force: true });
});

/** Begins, at its first start, only after a server of another stack has taken the port that it was given and serves there. */
const tooLate = (temporal: string) => `#!/bin/sh
if [ ! -e ${folder}/stranger.pid ]; then
  "${temporal}" server start-dev --headless --ip 127.0.0.1 --port "$6" >${folder}/stranger.log 2>&1 &
  echo $! >${folder}/stranger.pid
  echo "$6" >${folder}/stranger.port
  until grep -q Server: ${folder}/stranger.log; do sleep 0.1; done
fi
exec "${temporal}" "$@"
`;

test('takes another port when another stack was first on its own, whose server would answer as readily', async () => {
  const settings = await readTemporalSettings();
  const { version, serverVersionMin } = settings.cli;
  const { downloadUrl } = parseLocalConfig(process.env).temporal;
  const found = await findTemporal({ version, serverVersionMin, home: path.join(ROOT, '.bihuan'), downloadUrl, report: () => undefined });
  const program = path.join(folder, 'temporal');
  await writeFile(program, tooLate(found.file));
  await chmod(program, 0o755);

  running = await startTemporal({
    program,
    directory: path.join(folder, 'data'),
    ports: { frontend: 0, ui: 0 },
    namespace: settings.namespace,
    settings,
    logFile: path.join(folder, 'log'),
  });

  expect(running.child.hasEnded()).toBe(false);
  const taken = Number(await readFile(path.join(folder, 'stranger.port'), 'utf8'));
  expect(running.ports.frontend).not.toBe(taken);
  expect(await running.child.output()).toContain(`localhost:${running.ports.frontend}`);
});
