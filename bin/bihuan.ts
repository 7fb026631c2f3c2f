/** `bihuan <command>`: the core on the command line, and what a server is asked and operators do to a stack from there. One file per command in `cli/`. */
import { ConfigurationError } from '#config/environment.ts';
import { check } from './cli/check.ts';
import { type CliCommand, UnusableArgument } from './cli/command.ts';
import { deploy } from './cli/deploy.ts';
import { simulate } from './cli/simulate.ts';

/** Loaded when asked for: what needs a stack brings Temporal's native core. */
const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  check: async () => check,
  simulate: async () => simulate,
  decision: async () => (await import('./cli/decision.ts')).decision,
  form: async () => (await import('./cli/form.ts')).form,
  deploy: async () => deploy,
  replay: async () => (await import('./cli/replay.ts')).replay,
  recover: async () => (await import('./cli/recover.ts')).recover,
  rebuild: async () => (await import('./cli/rebuild.ts')).rebuild,
};

/** Gives the exit code: 0 done, 1 refused or faulty, others as the command says. */
export async function run(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined;
  if (!command) {
    const isAsked = name === 'help' || name === '--help' || name === '-h';
    const words = await usage();
    (isAsked ? console.log : console.error)(isAsked || name === '' ? words : `bihuan: there is no command "${name}".\n\n${words}`);
    return isAsked ? 0 : 1;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    // Wrong arguments, unreadable files and missing settings are the caller's to mend; anything else is ours, and its trace is needed.
    const isCallers =
      error instanceof ConfigurationError || error instanceof UnusableArgument || (error instanceof Error && 'code' in error);
    if (!isCallers) throw error;
    console.error(`bihuan ${name}: ${error.message}`);
    return 1;
  }
}

async function usage(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return ['Usage:', ...commands.map(({ help }) => `  ${help.split('\n')[0]}`), '', '"bihuan <command> --help" tells more.'].join('\n');
}
