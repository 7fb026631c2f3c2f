/** `bihuan check`: is a definition sound? */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CounterExample, type Finding, hasErrors } from '#core/bpmn/finding.ts';
import { type CliCommand, UnusableArgument } from './command.ts';
import { checkDiagram, filesIn, readForm, readRules } from './sources.ts';

export const check: CliCommand = {
  help: `bihuan check FILE|DIR… [--json]

Checks diagrams (.bpmn, with the *.dmn and forms/*.json, value-sets/*.json beside them), rules (.dmn) and forms (.json); of a folder, its diagrams. Those named
together may call each other. A diagram without errors is also explored: every state it can come to.
Prints one finding a line, under it a shortest way there and how to run it; with --json as
{file, elementId, rule, severity, message, messageZh, counterExample: {processId, variables, script, steps}}.
Exit code: 0 without errors (warnings are allowed), 1 with errors.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
    if (positionals.length === 0) {
      console.error(`bihuan check: name a file.\n\n${check.help}`);
      return 1;
    }
    const files = (await Promise.all(positionals.map(diagramsOf))).flat();
    const findings: Finding[] = [];
    for (const file of files) findings.push(...(await findingsOf(file, files)));
    for (const finding of findings) console.log(values.json ? JSON.stringify(finding) : inWords(finding));
    if (!values.json) console.log(summary(findings, files.length));
    return hasErrors(findings) ? 1 : 0;
  },
};

/** A folder stands for the diagrams in it. */
async function diagramsOf(place: string): Promise<readonly string[]> {
  if (!(await stat(place)).isDirectory()) return [place];
  const names = await filesIn(place, '.bpmn');
  if (names.length === 0) throw new UnusableArgument(`${place} holds no .bpmn file.`);
  return names.map((name) => path.join(place, name));
}

async function findingsOf(file: string, beside: readonly string[]): Promise<readonly Finding[]> {
  if (file.endsWith('.dmn')) return (await readRules(file)).findings;
  if (file.endsWith('.json')) return (await readForm(file)).findings;
  return (await checkDiagram(file, beside)).findings;
}

const inWords = ({ file, elementId, rule, severity, message, counterExample }: Finding): string =>
  [`${file}: ${elementId}: ${severity}: ${message} [${rule}]`, ...(counterExample ? wayThere(file ?? '', counterExample) : [])].join('\n');

/** In single quotes nothing means anything to a shell but the quote itself. */
const quoted = (value: unknown): string => `'${JSON.stringify(value).replaceAll("'", `'\\''`)}'`;

const wayThere = (file: string, { processId, variables, script, steps }: CounterExample): readonly string[] => [
  `    way there: ${steps.join(' ▸ ')}`,
  `    run it:    bihuan simulate ${file} --process ${processId} --variables ${quoted(variables)} --script ${quoted(script)}`,
];

function summary(findings: readonly Finding[], files: number): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${files} ${files === 1 ? 'file' : 'files'}, ${errors} errors, ${findings.length - errors} warnings`;
}
