import { sql } from 'kysely';
import { z } from 'zod';
import { ROLES, scopeOf } from '#core/access/roles.ts';
import { countUnread } from '#db/notices.ts';
import { readStanding, type Standing } from '#db/people.ts';
import { ApiError } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import type { DeviceKeyView, MeView } from '../views.ts';

export const me = defineOperation({
  name: 'me',
  method: 'get',
  path: '/me',
  summary: 'Who I am, with my roles and what they allow',
  input: z.object({}),
  right: 'signed-in',
  run: (context) => viewOf(context, context.standing),
});

export const setActiveRole = defineOperation({
  name: 'setActiveRole',
  method: 'put',
  path: '/me/active-role',
  summary: 'Work in one of my roles, or in all of them',
  input: z.object({ role: z.string().max(200).nullable() }),
  right: 'signed-in',
  async run(context, { role }) {
    const { standing, sessionId, runtime } = context;
    if (role !== null && !standing.roles.some((held) => `${held.role}@${held.organisationId}` === role))
      throw new ApiError(422, { code: 'role-not-held' });
    await sql`update auth_session set "activeRole" = ${role} where id = ${sessionId}`.execute(runtime.db);
    const now = await readStanding(runtime.db, { personId: standing.person.id, sessionId });
    return viewOf(context, now ?? standing);
  },
});

export const deviceKey = defineOperation({
  name: 'deviceKey',
  method: 'get',
  path: '/me/device-key',
  summary: 'The key under which my devices keep what could not be saved yet; it lies on none of them',
  input: z.object({}),
  right: 'signed-in',
  async run({ runtime, standing }): Promise<DeviceKeyView> {
    const { id: personId } = standing.person;
    const key = await runtime.keys.findOrCreate(`person:${personId}`);
    return { personId, key: key.subkey('device').toString('base64') };
  },
});

async function viewOf(context: Context, standing: Standing): Promise<MeView> {
  return {
    person: standing.person,
    roles: standing.roles.map(({ role, organisationId, organisation }) => ({
      id: `${role}@${organisationId}`,
      role,
      name: ROLES[role],
      organisation,
    })),
    activeRole: standing.activeRole,
    teams: standing.teams,
    can: {
      start: scopeOf('instance.start', standing.roles) !== null,
      read: scopeOf('instance.read', standing.roles) !== null,
      audit: scopeOf('audit.read', standing.roles) !== null,
      operate: scopeOf('instance.operate', standing.roles) !== null,
      readDefinitions: scopeOf('definition.read', standing.roles) !== null,
      changeDefinitions: scopeOf('definition.change', standing.roles) !== null,
      readForms: scopeOf('form.read', standing.roles) !== null,
      editForms: scopeOf('form.edit', standing.roles) !== null,
      readSurveillance: scopeOf('surveillance.read', standing.roles) !== null,
      readRegistry: scopeOf('registry.read', standing.roles) !== null,
      readQuality: scopeOf('quality.read', standing.roles) !== null,
      overseeQuality: scopeOf('quality.read', standing.roles) === 'all',
      manageMasterData: scopeOf('master-data.manage', standing.roles) !== null,
      publishForms: scopeOf('form.publish', standing.roles) !== null,
    },
    unreadNotices: await countUnread(context.runtime.db, standing.person.id),
  };
}
