/** `bihuan <command>`: the core on the command line, and what a server is asked from there. One file per command in `cli/`. */
import { check } from './cli/check.ts';
import type { CliCommand } from './cli/command.ts';
import { deploy } from './cli/deploy.ts';
import { simulate } from './cli/simulate.ts';

const COMMANDS: Readonly<Record<string, CliCommand>> = { check, simulate, deploy };

/** Gives the exit code: 0 done, 1 refused or faulty, others as the command says. */
export async function run(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const isAsked = name === 'help' || name === '--help' || name === '-h';
    (isAsked ? console.log : console.error)(isAsked || name === '' ? usage() : `bihuan: there is no command "${name}".\n\n${usage()}`);
    return isAsked ? 0 : 1;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    // Wrong arguments and unreadable files are the caller's to mend; anything else is ours, and its trace is needed.
    if (!(error instanceof Error && 'code' in error)) throw error;
    console.error(`bihuan ${name}: ${error.message}`);
    return 1;
  }
}

const usage = (): string =>
  ['Usage:', ...Object.values(COMMANDS).map(({ help }) => `  ${help.split('\n')[0]}`), '', '"bihuan <command> --help" tells more.'].join(
    '\n',
  );
