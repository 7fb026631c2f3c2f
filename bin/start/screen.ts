/** The one screen that `npm start` ends with: where to go, as whom, and how to stop. */
import { z } from 'zod';
import { say } from './progress.ts';

const peopleSchema = z.array(
  z.object({
    signInName: z.string(),
    password: z.string().optional(),
    name: z.string(),
    nameEn: z.string(),
    roleNames: z.array(z.object({ 'zh-CN': z.string(), en: z.string().optional() })),
    organisation: z.object({ name: z.string() }),
  }),
);

export async function printScreen(options: {
  readonly url: string;
  /** Where the server is asked for the sample people. */
  readonly apiUrl: string;
  readonly temporalUiUrl: string | undefined;
  readonly logs: string;
  readonly seconds: number;
}): Promise<void> {
  const { url, apiUrl, temporalUiUrl, logs, seconds } = options;
  const people = await samplePeople(apiUrl);
  const password = people.find((person) => person.password !== undefined)?.password;
  say(
    [
      '',
      `  闭环 Bihuan  ${url}`,
      '',
      ...(people.length === 0 ? [] : [`  Sign in as${password === undefined ? '' : ` (password ${password})`}`, ...table(people), '']),
      ...(temporalUiUrl === undefined ? [] : [`  Temporal     ${temporalUiUrl}`]),
      `  Logs         ${logs}/*.log`,
      '  Stop         Ctrl-C, or "npm run stop"',
      '',
      `  Ready after ${seconds.toFixed(1)} s.`,
    ].join('\n'),
  );
}

type People = z.infer<typeof peopleSchema>;

function table(people: People): readonly string[] {
  const rows = people.map(({ signInName, name, nameEn, roleNames, organisation }) => [
    signInName,
    `${name} ${nameEn}`,
    roleNames.map((role) => `${role['zh-CN']}${role.en === undefined ? '' : ` ${role.en}`}`).join(', '),
    organisation.name,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) => `    ${row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')}`.trimEnd());
}

/** Terminals draw Chinese characters two columns wide. */
const width = (text: string) =>
  [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1), 0);

const pad = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - width(text)));

/** None where the server does not tell: a hospital's people are not shown. */
async function samplePeople(apiUrl: string): Promise<People> {
  try {
    const response = await fetch(`${apiUrl}/api/demo/people`, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? peopleSchema.parse(await response.json()) : [];
  } catch {
    return [];
  }
}
