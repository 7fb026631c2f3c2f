import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '#bin/start/applications.ts';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { commitmentOf, GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import { decide } from '#core/process/decide.ts';
import { evolve } from '#core/process/evolve.ts';
import { envelopeOf } from '#engine/door.ts';
import { flowKeys } from '#flows/load-flow.ts';
import { kindsIn, REQUIRED_KINDS } from './kinds.ts';
import { recordedSteps } from './recorded-steps.ts';
import { historyNames, type Replayed, replay } from './replay.ts';

let code: string;
let names: readonly string[];
beforeAll(async () => {
  code = await readFile(await bundleWorkflows(), 'utf8');
  names = await historyNames();
});

const failed = (replayed: readonly Replayed[]): readonly Replayed[] => replayed.filter(({ error }) => error !== null);

describe('the recorded histories', () => {
  it('tell the ordinary way, dangerous branches, many runs of one instance, and each kind of element', () => {
    expect(names.filter((name) => name.startsWith('consult-')).length).toBeGreaterThan(5);
    expect(names.filter((name) => name.startsWith('element-')).length).toBeGreaterThan(12);
    expect(names).toContain('consult-01-happy-path');
    expect(names).toContain('consult-continued-as-new-2');
  });

  it('are of every flow of the product', () => {
    expect(flowKeys().filter((key) => !names.some((name) => name.startsWith(`${key}-0`)))).toEqual([]);
  });

  it('all replay through the workflows as they are now; else running instances would stop: write a patch, or a new semantics number', async () => {
    const replayed = await replay(code, names);
    expect(replayed.map(({ name }) => name).sort()).toEqual(names);
    expect(failed(replayed)).toEqual([]);
  });

  it('replay in New York too', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path.join(ROOT, 'test/replay/replay.ts')], {
      cwd: ROOT,
      env: { ...process.env, TZ: 'America/New_York' },
      maxBuffer: 10_000_000,
    });
    const { offsetMinutes, replayed } = JSON.parse(stdout) as { offsetMinutes: number; replayed: readonly Replayed[] };
    expect(offsetMinutes).toBe(240);
    expect(replayed.map(({ name }) => name).sort()).toEqual(names);
    expect(failed(replayed)).toEqual([]);
  });
});

describe('the recorded steps', () => {
  it('come to the recorded hashes when they are decided again: a changed meaning is a new semantics number', async () => {
    const different: string[] = [];
    for (const name of names) {
      const { graph, argument, batches } = await recordedSteps(name);
      let state = argument.carried?.state ?? null;
      let hash = argument.carried?.hash ?? GENESIS_HASH;
      for (const { command, hash: expected } of batches.flatMap((batch) => batch.steps)) {
        const seq = (state?.seq ?? 0) + 1;
        const decision = decide(graph, state, command);
        if (decision.kind !== 'accepted') {
          different.push(`${name}, step ${seq} (${command.type}): ${decision.kind}`);
          break;
        }
        state = evolve(graph, state, { seq, at: command.at, events: decision.events });
        const commitment = commitmentOf(argument.salt, { events: decision.events, state });
        hash = stepHash(hash, envelopeOf(argument.instanceId, seq, command, argument.semantics), commitment);
        if (hash !== expected) {
          different.push(`${name}, step ${seq} (${command.type}): another hash`);
          break;
        }
      }
    }
    expect(different).toEqual([]);
  });
});

describe('the vocabulary', () => {
  it('occurs in them whole: what is missing has to be recorded, see docs/guides/change-the-interpreter.md', async () => {
    const occurring = new Set<string>();
    for (const name of names) for (const kind of await kindsIn(name)) occurring.add(kind);
    expect(REQUIRED_KINDS.filter((kind) => !occurring.has(kind))).toEqual([]);
  });
});

describe('a breaking edit', () => {
  it.each([
    ['a wait before everything else', /const runIds = \[/g, 'await (0,workflow_lib_namespaceFn().sleep)(1); const runIds = ['],
    ['timers that are no longer cancelled', /entry\.scope\.cancel\(\);/g, ';'],
    ['another activity in place of the seal', /await sealing\.seal\(/g, 'await door.fireTimer('],
    ['timers that are no longer armed', /if \(delayMs > 0\)/g, 'if (delayMs > 1e15)'],
    ['a state that folds otherwise', /draft\.seq = seq;/g, 'draft.seq = seq; draft.tasks = {};'],
  ])('is found: %s', async (_what, from, to) => {
    const edited = code.replaceAll(from, to);
    expect(edited !== code, 'the edit must change something').toBe(true);
    const replayed = await replay(
      edited,
      names.filter((name) => name === 'consult-01-happy-path' || name.startsWith('element-timer')),
    );
    expect(failed(replayed).length).toBeGreaterThan(0);
    expect(failed(replayed)[0]?.error).toMatch(/Determinism/);
  });
});
