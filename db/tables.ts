/** The tables as kysely sees them. One interface per table; rows never leave `db/`. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { LocalizedText } from '#core/text.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;

export interface Tables {
  calendar: { id: string; definition: JSONColumnType<object> };
  organisation: {
    id: string;
    name: string;
    name_en: string;
    kind: string;
    tier: string;
    tie: string;
    province: string;
    city: string;
    zone: string;
    calendar_id: string;
    is_platform: boolean;
  };
  department: { id: string; organisation_id: string; name: string; name_en: string };
  team: { id: string; organisation_id: string; name: string; name_en: string };
  room: { id: string; organisation_id: string; name: string; name_en: string; kind: string };
  person: {
    id: string;
    organisation_id: string;
    department_id: string | null;
    name: string;
    name_en: string;
    title: string;
    phone: string;
  };
  role_assignment: { person_id: string; role: string; organisation_id: string };
  team_member: { team_id: string; person_id: string };
  auth_user: { id: string; name: string; email: string; username: string | null; personId: string };
  auth_session: { id: string; userId: string; token: string; expiresAt: Timestamp; activeRole: string | null };
  content: { hash: string; kind: 'graph' | 'bpmn' | 'dmn' | 'form'; body: Buffer };
  deployment: {
    service_key: string;
    version: number;
    graph_hash: string;
    bpmn_hash: string;
    descriptor: JSONColumnType<object>;
    deployed_at: Generated<Timestamp>;
  };
  data_key: { owner: string; wrapped: Buffer };
  instance: {
    id: string;
    number: string;
    service_key: string;
    graph_hash: string;
    organisation_id: string;
    applicant_id: string | null;
    caller_id: string | null;
    caller_effect: string | null;
    status: string;
    urgency: string;
    title: JSONColumnType<LocalizedText>;
    patient_masked: string | null;
    current_phases: string[];
    semantics: number;
    last_seq: number;
    last_hash: Buffer;
    last_at: Timestamp;
    state: Buffer;
    created_at: Timestamp;
    ended_at: NullableTimestamp;
    sealed_at: NullableTimestamp;
    incidents: Generated<number>;
    divergence: ColumnType<object | null, string | null, string | null>;
  };
  step: {
    instance_id: string;
    seq: number;
    at: Timestamp;
    actor: string;
    command_id: string;
    command_type: string;
    body_hash: Buffer;
    commitment: Buffer;
    hash: Buffer;
    body: Buffer;
  };
  refused_command: {
    instance_id: string;
    actor: string;
    command_id: string;
    body_hash: Buffer;
    refusal: JSONColumnType<object>;
    at: Generated<Timestamp>;
  };
  submission: {
    id: string;
    instance_id: string;
    seq: number;
    task_id: string | null;
    element_id: string;
    form_key: string;
    form_hash: string;
    by_person: string;
    at: Timestamp;
    hash: string;
    body: Buffer;
  };
  task: {
    instance_id: string;
    task_id: string;
    element_id: string;
    phase: string | null;
    state: 'open' | 'done' | 'canceled';
    candidates: string[];
    excluded: string[];
    assignee: string | null;
    claimed_at: NullableTimestamp;
    priority: number;
    created_at: Timestamp;
    due: NullableTimestamp;
    overdue: boolean;
    done_by: string | null;
    done_at: NullableTimestamp;
    outcome: string | null;
  };
  inbox: {
    principal: string;
    list: 'todo' | 'claimable';
    rank: number;
    due: Timestamp;
    instance_id: string;
    task_id: string;
    service_key: string;
    phase: string;
  };
  copy: { person_id: string; instance_id: string; by_person: string; at: Timestamp; read_at: NullableTimestamp };
  participant: { instance_id: string; principal: string };
  notice: {
    id: Generated<string>;
    person_id: string;
    type: string;
    instance_id: string;
    task_id: string | null;
    element_id: string | null;
    at: Timestamp;
    read_at: NullableTimestamp;
  };
  draft: {
    id: string;
    person_id: string;
    service_key: string | null;
    instance_id: string | null;
    task_id: string | null;
    form_hash: string;
    version: number;
    saved_at: Timestamp;
    body: Buffer;
  };
  file: {
    id: string;
    instance_id: string | null;
    by_person: string;
    at: Timestamp;
    name: Buffer;
    content_type: string;
    size: number;
    sha256: Buffer;
  };
  file_chunk: { file_id: string; n: number; body: Buffer };
  access: { id: Generated<string>; at: Generated<Timestamp>; person_id: string; instance_id: string; operation: string };
  relay: {
    instance_id: string;
    last_seq: number;
    confirmed_seq: Generated<number>;
    due_at: Timestamp;
    unconfirmed_since: NullableTimestamp;
    lease_by: string | null;
    lease_until: NullableTimestamp;
    attempts: Generated<number>;
    last_error: string | null;
    rebuild: Generated<boolean>;
    stopped: Generated<boolean>;
  };
  logged_head: { index: string; instance_id: string; seq: number; hash: Buffer };
  checkpoint: { size: string; root: Buffer; frontier: JSONColumnType<readonly string[]>; at: Generated<Timestamp> };
  erasure: { instance_id: string; by_person: string; reason: string; at: Generated<Timestamp> };
  demo_person: { person_id: string; position: number };
  worker: { id: string; semantics: number[]; seen_at: Timestamp };
}
