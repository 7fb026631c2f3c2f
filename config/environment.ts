/**
 * How a group of settings is read from environment variables. A setting has its name, type, default and meaning in one place,
 * and everything that is wrong is told at once, each line with the variable's name and the mend.
 */
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting is missing or cannot be used; the start stops with this message. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads every variable that `schema` names. An empty value counts as absent, as it does for most tools that set environments. */
export function readEnvironment<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, environment: Environment) {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const meaning = schema.shape[name] instanceof z.ZodType ? schema.shape[name].description : undefined;
    const complaint = name in given ? `is not valid (${issue.message})` : 'is missing';
    return `${name} ${complaint}${meaning === undefined ? '.' : `: ${meaning}`}`;
  });
  throw new ConfigurationError(problems);
}

const MEGABYTE = 1024 * 1024;

export const text = (meaning: string) => z.string().describe(meaning);

export const whole = (meaning: string, { min, max }: { readonly min: number; readonly max: number }) =>
  z.coerce.number().int().min(min).max(max).describe(meaning);

export const port = (meaning: string) => whole(meaning, { min: 1, max: 65_535 });

export const megabytes = (meaning: string, { max }: { readonly max: number }) =>
  whole(meaning, { min: 1, max }).transform((count) => count * MEGABYTE);

export const postgresUrl = (meaning: string) =>
  z
    .string()
    .refine((value) => /^postgres(ql)?:\/\/[^/]+\/[^/]+/.test(value), 'expected postgres://user:password@host:port/database')
    .describe(meaning);

export const hostAndPort = (meaning: string) =>
  z
    .string()
    .regex(/^[^\s/:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'expected host:port')
    .describe(meaning);

/** Names, `*.name`, addresses and ranges, each with a port or without. */
const HOST =
  /^(\*\.)?[\w-]+(\.[\w-]+)*(:\d{1,5})?$|^\d{1,3}(\.\d{1,3}){3}\/(\d|[12]\d|3[0-2])$|^[0-9a-fA-F:]*:[0-9a-fA-F:.]*(\/\d{1,3})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/;

export const hostList = (meaning: string) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
    )
    .refine((hosts) => hosts.every((host) => HOST.test(host)), 'expected hosts such as lab.example:8443, *.hospital.example, 10.20.0.0/16')
    .describe(meaning);

const address = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));

export const httpUrl = (meaning: string) => address.describe(meaning);

export const httpUrlList = (meaning: string) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    )
    .pipe(z.array(address))
    .describe(meaning);

/** `address NAME`, separated by commas → names of secrets by address. */
export const secretsByUrl = (meaning: string) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .map((each) => each.split(/\s+/)),
    )
    .pipe(z.array(z.tuple([address, z.string().regex(/^\w+$/)])))
    .transform((pairs): ReadonlyMap<string, string> => new Map(pairs))
    .describe(meaning);

export const flag = (meaning: string) =>
  z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .describe(meaning);
