import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '#bin/bihuan.ts';
import { cliInTest } from '#test/support/cli.ts';

const diagram = (name: string): string => fileURLToPath(new URL(`../../test/conformance/${name}.bpmn`, import.meta.url));

const { out, errors, write, folder } = cliInTest();

const lines = (): Record<string, unknown>[] => out.map((line) => JSON.parse(line) as Record<string, unknown>);
describe('bihuan check', () => {
  it('says nothing but the sum about sound diagrams', async () => {
    expect(await run(['check', diagram('elements/user-task'), diagram('elements/closed-loop')])).toBe(0);
    expect(out).toEqual(['2 files, 0 errors, 0 warnings']);
  });

  it('prints each finding as a line of JSON and ends with 1 on an error', async () => {
    const file = diagram('faults/can-end');
    expect(await run(['check', file, '--json'])).toBe(1);
    expect(lines()).toEqual([
      expect.objectContaining({ file, elementId: 'x', rule: 'can-end', severity: 'error', message: expect.any(String) }),
    ]);
  });

  it('shows a shortest way to what it found by exploring, and that way is run by simulate', async () => {
    const file = diagram('faults/deadlock-rejected-branch');
    expect(await run(['check', file])).toBe(1);
    expect(out.join('\n')).toContain('way there: start ▸ a: reject ▸ choose → choose--refused ▸ b');
    expect(out.join('\n')).toContain(`bihuan simulate ${file} --process p`);
    out.length = 0;
    await run(['check', file, '--json']);
    const { processId, variables, script } = (lines()[0]?.counterExample ?? {}) as Record<string, unknown>;
    out.length = 0;
    const given = ['--process', String(processId), '--variables', JSON.stringify(variables), '--script', JSON.stringify(script)];
    expect(await run(['simulate', file, ...given, '--json'])).toBe(3);
    expect(lines().at(-1)).toMatchObject({ type: 'simulation.waiting', elementId: 'x', for: 'a token on its other incoming flows' });
  });

  it('lets warnings pass', async () => {
    expect(await run(['check', diagram('faults/task-candidates')])).toBe(0);
    expect(out[0]).toContain('x: warning:');
  });

  it('finds the value sets of a form beside its folder', async () => {
    const form = {
      resourceType: 'Questionnaire',
      status: 'active',
      item: [{ linkId: 'a', text: 'a', type: 'choice', answerValueSet: 'http://x.org/v' }],
    };
    const set = { resourceType: 'ValueSet', url: 'http://x.org/v', compose: { include: [{ system: 's', concept: [{ code: 'x' }] }] } };
    mkdirSync(path.join(folder(), 'forms'));
    mkdirSync(path.join(folder(), 'value-sets'));
    const file = write('forms/a.json', form);
    await run(['check', file]);
    expect(out.at(-1)).toBe('1 file, 0 errors, 1 warnings');
    write('value-sets/v.json', set);
    await run(['check', file]);
    expect(out.at(-1)).toBe('1 file, 0 errors, 0 warnings');
  });

  it('takes a folder for the diagrams in it', async () => {
    const flow = fileURLToPath(new URL('../../flows/consult', import.meta.url));
    expect(await run(['check', flow])).toBe(0);
    expect(out).toEqual(['1 file, 0 errors, 0 warnings']);
    expect(await run(['check', folder()])).toBe(1);
    expect(errors.join()).toContain('holds no .bpmn file');
  });

  it('ends with 1 on a file that is not there, or no file', async () => {
    expect(await run(['check', path.join(folder(), 'gone.bpmn')])).toBe(1);
    expect(await run(['check'])).toBe(1);
    expect(await run(['check', '--wrong'])).toBe(1);
    expect(errors.join()).toContain('gone.bpmn');
  });
});

describe('bihuan simulate', () => {
  it('prints every event with its element in BPMN’s words, and ends with 0', async () => {
    const script = write('script.json', JSON.stringify({ vote: [{ yes: true }, { yes: false }] }));
    const variables = '{"voters":["a","b"]}';
    expect(
      await run(['simulate', diagram('elements/multi-instance-parallel'), '--variables', variables, '--script', script, '--json']),
    ).toBe(0);
    expect(lines().map(({ seq }) => seq)).toEqual(out.map((_, index) => index + 1));
    expect(
      lines()
        .filter(({ type }) => type === 'element.activated')
        .map(({ elementType }) => elementType),
    ).toEqual(['startEvent', 'multiInstanceBody', 'userTask', 'userTask', 'endEvent']);
    expect(lines()).toContainEqual(
      expect.objectContaining({ type: 'flow.taken', elementId: 'start--vote', elementType: 'sequenceFlow', processId: 'p' }),
    );
    expect(lines().at(-1)).toMatchObject({ type: 'process.completed', elementId: 'p', elementType: 'process' });
    expect(errors).toEqual([]);
  });

  it('starts one instance of each process named, in that order', async () => {
    expect(await run(['simulate', diagram('elements/signals'), '--process', 'b', '--process', 'a'])).toBe(0);
    expect(
      lines()
        .filter(({ type }) => type === 'process.started')
        .map(({ processId }) => processId),
    ).toEqual(['b', 'a', 'c']);
  });

  it('ends with 3 and says what it waits for', async () => {
    const script = write('script.json', '{"work": {"$wait": true}}');
    expect(await run(['simulate', diagram('elements/lanes-pools-and-notes'), '--script', script])).toBe(3);
    expect(errors.join()).toContain('work: for a person to complete the task');
    expect(lines().at(-1)).toMatchObject({ type: 'simulation.waiting', elementId: 'work' });
  });

  it.each([
    ['a diagram that cannot run', ['simulate', diagram('faults/unsupported-element-complex-gateway')]],
    ['a process that is not there', ['simulate', diagram('elements/user-task'), '--process', 'q']],
    ['variables that are no object', ['simulate', diagram('elements/user-task'), '--variables', '[1]']],
    ['an unknown command', ['fly']],
  ])('ends with 1 on %s', async (_what, args) => {
    expect(await run(args)).toBe(1);
    expect(errors.length).toBeGreaterThan(0);
  });

  it.each([
    ['no JSON', '{'],
    ['an unknown instruction', '{"review": {"$fly": 1}}'],
    ['no duration', '{"review": {"$after": "soon"}}'],
  ])('ends with 1 on a script with %s', async (_what, content) => {
    expect(await run(['simulate', diagram('elements/user-task'), '--script', write('script.json', content)])).toBe(1);
    expect(errors.join()).toContain('--script');
  });
});

describe('the launcher', () => {
  it('runs from a clone without a build', () => {
    const launcher = fileURLToPath(new URL('../bihuan.mjs', import.meta.url));
    const ran = spawnSync(process.execPath, [launcher, 'simulate', diagram('elements/start-none-end-none')], { encoding: 'utf8' });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('process.completed');
  }, 20_000);
});
