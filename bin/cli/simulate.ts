/** `bihuan simulate`: runs a diagram in memory and prints what happens. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import { Simulation } from '#core/process/simulate.ts';
import { readScript, type Script } from '#core/process/simulate-script.ts';
import type { CliCommand } from './command.ts';
import { readDiagram } from './sources.ts';

export const simulate: CliCommand = {
  help: `bihuan simulate FILE.bpmn [--process ID …] [--variables JSON] [--script FILE.json] [--json]

Runs in memory under a virtual clock and prints every event as a line of JSON:
  {seq, at, type, processId, elementId, elementType, instanceId, …}
  --process ID     starts an instance of this process; repeated, one of each in that order.
                   Default: the first executable process of the file, else the first.
  --variables JSON the variables that every started instance begins with
  --script FILE    or the JSON itself: results per element id, one object for every time or a list for the first, second … time:
                     {"review": {"$outcome": "approve", "score": 3}, "call-lab": [{"$fail": "down"}, {"value": 1}]}
                   Plain members become variables. $outcome, $reasonCode, $reason and $by (a person) are for user tasks,
                   $return (an element id) returns one to a step that a person did, $error (a BPMN error code) and $fail (words)
                   are for jobs; {"$cancel": true} under the id of the process cancels the instance with compensation;
                   $after ("PT2H") is how long it takes, "$wait": true leaves it open. Messages and called processes from outside the file come if the script has their element.
  --json           no words on the error output, only JSON
Without a script user tasks and jobs complete with empty results; a task with outcomes takes the first that asks for no reason.
Exit code: 0 everything completed, 3 waiting for something that cannot come (it says for what), 1 refused.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        process: { type: 'string', multiple: true },
        variables: { type: 'string' },
        script: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const say = (words: string): void => {
      if (!values.json) console.error(words);
    };
    const refuse = (words: string): number => {
      if (values.json) console.log(JSON.stringify({ type: 'simulation.refused', message: words }));
      console.error(`bihuan simulate: ${words}`);
      return 1;
    };
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return refuse('name one file.');
    const variables = readVariables(values.variables ?? '{}');
    if (!variables) return refuse('--variables must be a JSON object.');
    const script = await scriptFrom(values.script);
    if ('fault' in script) return refuse(`--script: ${script.fault}`);
    const { graph, findings } = await readDiagram(file);
    for (const { elementId, severity, message } of findings) say(`${severity}: ${elementId}: ${message}`);
    if (!graph) {
      const errors = findings.filter(({ severity }) => severity === 'error').map(({ elementId, message }) => `${elementId}: ${message}`);
      return refuse(`the diagram cannot run. ${errors.join(' ')}`);
    }
    return runSimulation(graph, { processIds: values.process ?? defaultProcesses(graph), variables, script: script.script, say, refuse });
  },
};

interface Run {
  readonly processIds: readonly string[];
  readonly variables: JsonObject;
  readonly script: Script;
  readonly say: (words: string) => void;
  readonly refuse: (words: string) => number;
}

function runSimulation(graph: ProcessGraph, { processIds, variables, script, say, refuse }: Run): number {
  const simulation = new Simulation({ graph, script, onEvent: (line) => console.log(JSON.stringify(line)) });
  for (const processId of processIds) {
    const answer = simulation.start(processId, variables);
    if (answer.kind === 'refused') return refuse(`${processId} cannot start: ${answer.refusal.code}.`);
  }
  const end = simulation.run();
  switch (end.status) {
    case 'completed':
      say('completed');
      return 0;
    case 'refused':
      return refuse(`${end.elementId} refused what the script gives: ${end.refusal.code} ${JSON.stringify(end.refusal.data ?? {})}.`);
    case 'waiting':
      for (const { instanceId, processId, elementId, for: what } of end.waiting) {
        console.log(JSON.stringify({ type: 'simulation.waiting', at: simulation.now, processId, elementId, instanceId, for: what }));
        say(`waiting: ${processId}, ${elementId}: for ${what}`);
      }
      return 3;
  }
}

function defaultProcesses(graph: ProcessGraph): readonly string[] {
  const processes = Object.values(graph.processes);
  const first = processes.find(({ isExecutable }) => isExecutable) ?? processes[0];
  return first ? [first.id] : [];
}

function readVariables(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

async function scriptFrom(file: string | undefined): Promise<ReturnType<typeof readScript>> {
  if (file === undefined) return { script: {} };
  try {
    return readScript(JSON.parse(file.startsWith('{') ? file : await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: `${file.slice(0, 100)} is not JSON: ${error.message}` };
    throw error;
  }
}
