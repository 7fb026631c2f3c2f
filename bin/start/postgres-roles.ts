/**
 * The application's database and its two roles: one owns the tables and migrates, the other works and can neither change the
 * schema nor pass by row-level security, as neither a superuser nor an owner would be held by it.
 */
import pg from 'pg';

export const OWNER = 'bihuan_owner';
export const APPLICATION = 'bihuan';

export interface Passwords {
  readonly superuser: string;
  readonly owner: string;
  readonly application: string;
}

export async function createRoles(admin: string, passwords: Passwords): Promise<void> {
  await withClient(admin, async (client) => {
    for (const [role, password] of [
      [OWNER, passwords.owner],
      [APPLICATION, passwords.application],
    ] as const) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      const verb = rowCount === 0 ? 'create' : 'alter';
      await client.query(`${verb} role ${role} login nosuperuser nocreaterole nobypassrls password ${client.escapeLiteral(password)}`);
    }
  });
}

export async function createDatabase(options: {
  readonly admin: string;
  readonly name: string;
  readonly template: string | undefined;
  readonly databaseUrl: string;
}): Promise<void> {
  const { admin, name, template, databaseUrl } = options;
  await withClient(admin, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return;
    const from = template === undefined ? '' : ` template ${client.escapeIdentifier(template)}`;
    await client.query(`create database ${client.escapeIdentifier(name)} owner ${OWNER}${from}`);
  });
  await withClient(databaseUrl, async (client) => {
    // Whatever the owner creates, in any schema, the application may use.
    const grants = ['select, insert, update, delete on tables', 'usage, select on sequences', 'usage on schemas', 'execute on functions'];
    for (const grant of grants) await client.query(`alter default privileges for role ${OWNER} grant ${grant} to ${APPLICATION}`);
    await client.query(`grant usage on schema public to ${APPLICATION}`);
  });
}

async function withClient(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
