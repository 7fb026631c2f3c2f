import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { ConfigurationError } from './environment.ts';
import { jobSecrets, secretsFor } from './job-secrets.ts';
import { parseLocalConfig } from './local.ts';

const complete = {
  DATABASE_URL: 'postgres://bihuan:secret@127.0.0.1:5432/bihuan',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SESSION_SECRET: 'x'.repeat(32),
  KEY_FILE: 'keys.json',
};

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('needs only four values, everything else has a default', () => {
    const config = parseConfig(complete);
    expect(config.web).toEqual({ host: '127.0.0.1', port: 3000, publicUrl: 'http://localhost:3000', isBehindProxy: false });
    expect(config.database.ownerUrl).toBe(complete.DATABASE_URL);
    expect(config.files.sizeMaxBytes).toBe(25 * 1024 * 1024);
  });

  test.each(Object.keys(complete))('stops the start with the name of a missing %s', (name) => {
    expect(problemsOf({ ...complete, [name]: undefined })).toEqual([expect.stringContaining(`${name} is missing`)]);
    expect(problemsOf({ ...complete, [name]: '  ' })).toEqual([expect.stringContaining(`${name} is missing`)]);
  });

  test('names every invalid value at once', () => {
    const problems = problemsOf({ ...complete, PORT: 'eighty', TEMPORAL_ADDRESS: 'nowhere', WORKFLOW_CACHE_SIZE: '0' });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toMatch(/TEMPORAL_ADDRESS is not valid[\s\S]*WORKFLOW_CACHE_SIZE is not valid[\s\S]*PORT is not valid/);
  });

  test('never repeats a value in its complaint, since it may be a secret', () => {
    expect(problemsOf({ ...complete, SESSION_SECRET: 'too-short-secret' }).join()).not.toContain('too-short-secret');
  });

  test('turns megabytes into bytes and drops the slash at the end of an address', () => {
    const config = parseConfig({ ...complete, FILE_SIZE_LIMIT_MB: '3', PUBLIC_URL: 'https://bihuan.example/' });
    expect(config.files.sizeMaxBytes).toBe(3 * 1024 * 1024);
    expect(config.web.publicUrl).toBe('https://bihuan.example');
  });
});

describe('the hosts that jobs may call', () => {
  test('are none by default, and names, addresses and ranges where they are listed', () => {
    expect(parseConfig(complete).jobs.http.hosts).toEqual([]);
    const listed = 'lab.example:8443, *.hospital.example,10.20.0.0/16, 10.1.2.3:80, [fd00::1]:8080, fd00::/8';
    expect(parseConfig({ ...complete, JOB_HTTP_HOSTS: listed }).jobs.http.hosts).toEqual([
      'lab.example:8443',
      '*.hospital.example',
      '10.20.0.0/16',
      '10.1.2.3:80',
      '[fd00::1]:8080',
      'fd00::/8',
    ]);
  });

  test.each(['https://lab.example', '*', 'lab.example/path', '10.0.0.0/33', 'a b'])('%s is not one', (host) => {
    expect(problemsOf({ ...complete, JOB_HTTP_HOSTS: host })).toEqual([expect.stringContaining('JOB_HTTP_HOSTS is not valid')]);
  });
});

describe('the terminology servers', () => {
  test('are none by default, and addresses in the order in which they are asked', () => {
    expect(parseConfig(complete).terminology).toEqual({
      servers: [],
      secretNames: new Map(),
      hosts: [],
      ageMsMax: 86_400_000,
      timeMsMax: 3_000,
    });
    const listed = 'https://terminology.example/r4/, http://10.1.2.3:8080/fhir';
    expect(parseConfig({ ...complete, BIHUAN_TERMINOLOGY_SERVER: listed }).terminology.servers).toEqual([
      'https://terminology.example/r4',
      'http://10.1.2.3:8080/fhir',
    ]);
  });

  test.each(['terminology.example', 'ftp://terminology.example', 'https://a.example, b'])('%s is none', (address) => {
    expect(problemsOf({ ...complete, BIHUAN_TERMINOLOGY_SERVER: address })).toEqual([
      expect.stringContaining('BIHUAN_TERMINOLOGY_SERVER is not valid'),
    ]);
  });
});

describe('the secrets of terminology servers', () => {
  test('are named by the address of the server', () => {
    const { secretNames } = parseConfig({
      ...complete,
      BIHUAN_TERMINOLOGY_SECRETS: 'https://a.example/r4/ TX, http://10.1.2.3/fhir OTHER',
    }).terminology;
    expect([...secretNames]).toEqual([
      ['https://a.example/r4', 'TX'],
      ['http://10.1.2.3/fhir', 'OTHER'],
    ]);
  });

  test.each(['https://a.example', 'a.example TX', 'https://a.example Bearer abc'])('%s names none', (value) => {
    expect(problemsOf({ ...complete, BIHUAN_TERMINOLOGY_SECRETS: value })).toEqual([
      expect.stringContaining('BIHUAN_TERMINOLOGY_SECRETS is not valid'),
    ]);
  });
});

describe('the secrets of jobs', () => {
  test('come from variables and from a file, whose lines win', () => {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'bihuan-secrets-')), 'secrets.env');
    writeFileSync(file, '# the laboratory\nLAB=from-file\nHIS="two words"\n');
    const environment = { BIHUAN_SECRET_LAB: 'from-variable', BIHUAN_SECRET_PACS: 'p', OTHER: 'x', BIHUAN_SECRET_EMPTY: '' };
    expect(jobSecrets(null, environment)).toEqual({ LAB: 'from-variable', PACS: 'p' });
    expect(jobSecrets(file, environment)).toEqual({ LAB: 'from-file', PACS: 'p', HIS: 'two words' });
  });

  test('stop the start where their file cannot be read', () => {
    expect(() => jobSecrets('/nowhere/secrets.env', {})).toThrow(/JOB_SECRETS_FILE/);
    expect([...secretsFor(new Map([['https://a.example', 'LAB']]), { LAB: 'Basic x' })]).toEqual([['https://a.example', 'Basic x']]);
    expect(() => secretsFor(new Map([['https://a.example', 'LAB']]), {})).toThrow(/BIHUAN_SECRET_LAB/);
  });
});

describe('the settings of the local stack', () => {
  test('need no value at all', () => {
    expect(parseLocalConfig({}).postgres.url).toBeUndefined();
    expect(parseLocalConfig({}).home).toMatch(/\.bihuan$/);
  });

  test('take DATABASE_URL and TEMPORAL_ADDRESS as replacements of the embedded parts', () => {
    const local = parseLocalConfig(complete);
    expect(local.postgres.url).toBe(complete.DATABASE_URL);
    expect(local.temporal.address).toBe(complete.TEMPORAL_ADDRESS);
  });
});
