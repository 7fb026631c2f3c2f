/** The one screen that `npm start` ends with: where to go, as whom, and how to stop. */
import { ROLES, type Role } from '#core/access/roles.ts';
import { ORGANISATIONS } from '../seed/network.ts';
import { isOffered, PEOPLE, type Person, SAMPLE_PASSWORD } from '../seed/people.ts';
import { say } from './progress.ts';

export function printScreen(options: {
  readonly url: string;
  readonly temporalUiUrl: string | undefined;
  readonly logs: string;
  readonly hasSamples: boolean;
  readonly seconds: number;
}): void {
  const { url, temporalUiUrl, logs, hasSamples, seconds } = options;
  const shown = oneForEachRole();
  say(
    [
      '',
      `  闭环 Bihuan   ${url}`,
      '',
      ...(hasSamples
        ? [
            `  Sign in as    (password ${SAMPLE_PASSWORD})`,
            ...table(
              shown.map(({ person, roles }) => [person.signInName, `${person.name} ${person.nameEn}`, roles, organisationOf(person)]),
            ),
            `    and ${OFFERED.length - shown.length} more, listed on the sign-in page`,
            '',
          ]
        : []),
      ...(temporalUiUrl === undefined ? [] : [`  Temporal      ${temporalUiUrl}`]),
      `  Logs          ${logs}/*.log`,
      '  Stop          Ctrl-C here, or "npm run stop"',
      '',
      `  Ready after ${seconds.toFixed(1)} s.`,
    ].join('\n'),
  );
}

const OFFERED = PEOPLE.filter(isOffered);

/** Who walk an ordinary consult together (`flows/consult/scenarios/stage.yaml`): with them one gets from one end to the other. */
const CAST = ['p-wu-tong', 'p-he-jing', 'p-xu-lei', 'p-dong-liang', 'p-shao-hua', 'p-tang-min'];

/** One person for each role, with no other role if there is one: each shows what that role sees. */
function oneForEachRole(): readonly { readonly person: Person; readonly roles: string }[] {
  // Programs sign in by their own means.
  const roles = (Object.keys(ROLES) as Role[]).filter((role) => role !== 'job-worker');
  return roles.flatMap((role) => {
    const holders = OFFERED.filter((person) => person.roles.some((assignment) => assignment.role === role));
    const person = holders.find(({ id }) => CAST.includes(id)) ?? holders.toSorted((a, b) => a.roles.length - b.roles.length)[0];
    return person === undefined ? [] : [{ person, roles: `${ROLES[role]['zh-CN']} ${ROLES[role].en}` }];
  });
}

const organisationOf = (person: Person) => ORGANISATIONS.find(({ id }) => id === person.organisationId)?.name ?? '';

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) => `    ${row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')}`.trimEnd());
}

/** Terminals draw Chinese characters two columns wide. */
const width = (text: string) =>
  [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1), 0);

const pad = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - width(text)));
