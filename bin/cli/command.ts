/** One command of the command line. */
export interface CliCommand {
  /** The first line is the usage. */
  readonly help: string;
  /** Gives the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

/** What the caller named is there, and cannot be used. */
export class UnusableArgument extends Error {
  override readonly name = 'UnusableArgument';
}
