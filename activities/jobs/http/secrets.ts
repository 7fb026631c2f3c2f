/** Secrets by name. They exist here, for the time of a call, and nowhere else: not in variables, journal, history, logs or messages. */
import { withSecrets } from '#core/bpmn/http-job.ts';
import type { Json } from '#core/json.ts';
import { JobError } from '../jobs.ts';

/** A hospital may give one of its own, before a vault. */
export interface SecretSource {
  readonly find: (name: string) => string | undefined | Promise<string | undefined>;
}

/** From the environment and a file, as the configuration read them. */
export const secretsFrom = (values: Readonly<Record<string, string>>): SecretSource => ({
  find: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
});

const HIDDEN = '[secret]';

/** The secrets of one call: puts them in where the diagram asks for them, and hides them in whatever comes back. */
export class CallSecrets {
  readonly #values: ReadonlyMap<string, string>;
  readonly #hidden = new Set<string>();

  private constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
    for (const value of values.values()) this.hide(value);
  }

  static async read(source: SecretSource, names: readonly string[]): Promise<CallSecrets> {
    const values = new Map<string, string>();
    for (const name of names) {
      const value = await source.find(name);
      if (value === undefined || value === '') {
        throw new JobError(
          `The secret ${name} is not known to the worker. Set BIHUAN_SECRET_${name} or put it into JOB_SECRETS_FILE, and retry.`,
          {
            isFinal: true,
          },
        );
      }
      values.set(name, value);
    }
    return new CallSecrets(values);
  }

  /** Every text inside a value, with those secrets put in that the diagram names there. */
  into(value: Json, names: readonly string[]): Json {
    if (names.length === 0) return value;
    if (typeof value === 'string') return withSecrets(value, (name) => (names.includes(name) ? (this.#values.get(name) ?? null) : null));
    if (Array.isArray(value)) return value.map((inner: Json) => this.into(inner, names));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.into(inner, names)]));
  }

  /** Also something that was made of a secret, such as the token of basic authentication. */
  hide(value: string): void {
    for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), Buffer.from(value).toString('base64')]) {
      this.#hidden.add(form);
    }
  }

  /** The longer first, so that none is left of another. */
  redacted(text: string): string {
    return [...this.#hidden].sort((a, b) => b.length - a.length).reduce((shown, hidden) => shown.replaceAll(hidden, HIDDEN), text);
  }
}
