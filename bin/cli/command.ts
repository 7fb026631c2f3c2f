/** One command of the command line. */
export interface CliCommand {
  /** The first line is the usage. */
  readonly help: string;
  /** Gives the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
}
