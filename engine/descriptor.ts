/** What a deployed flow says of itself beside BPMN, forms and rules: `flows/<key>/flow.json`. */
import { z } from 'zod';
import { isRole } from '#core/access/roles.ts';
import { isLineStatus, type LineStatus } from '#core/dispensing/line-status.ts';
import { readRetention } from '#core/retention/retention.ts';
import { CYCLE } from '#workflows/messages.ts';

const localizedText = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1).optional() });

export const serviceDescriptor = z.object({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    // The key is the type of its workflows; this type is another workflow's.
    .refine((key) => key !== CYCLE, { error: `"${CYCLE}" is the name of another workflow.` }),
  name: localizedText,
  description: localizedText,
  icon: z.string(),
  order: z.number().int().default(100),
  /** Letters before the business number, for example `HZ`. */
  numberPrefix: z.string().regex(/^[A-Z]{2,4}$/),
  /** The process that a person starts. */
  processId: z.string(),
  /** Absent: no person starts it. Another process calls it, or a message, a signal or a timer begins it. */
  startForm: z.string().optional(),
  /**
   * What makes the title of an instance in lists, nothing that identifies: the words of coded facts of the start form; without one, texts
   * such as a period, behind the name.
   */
  titleFacts: z.array(z.string()),
  /** Variables that whoever may read the instance can ask for by its number, such as `certificate.state`: coded facts, nothing that identifies. */
  statusFacts: z.array(z.string()).default([]),
  /** Absent: everybody who may read an instance reads who applied. Otherwise only the applicant and these roles do; all others read `elsewhere` in the place of the name. */
  applicantNamedTo: z
    .object({ roles: z.array(z.string().refine(isRole, { error: 'There is no such role.' })), elsewhere: localizedText })
    .optional(),
  /** What the page of an instance says above its links, as far as it is known: variables that are nothing but codes, times and names of organisations. */
  summary: z
    .object({
      title: localizedText,
      facts: z.array(
        z.object({
          path: z.string(),
          name: localizedText,
          is: z.enum(['text', 'time', 'organisation', 'department', 'coded']),
          /** Of a coded one, or of a list of codes. */
          words: z.record(z.string(), localizedText).optional(),
        }),
      ),
    })
    .optional(),
  /** Where the page says how the lines of a prescription stand: rows of a form, and which elements bring which status. */
  lines: z
    .object({
      form: z.string(),
      group: z.string(),
      /** The coded item of a row that names it. */
      name: z.string(),
      reached: z.record(
        z.string(),
        z.custom<LineStatus>((status) => typeof status === 'string' && isLineStatus(status)),
      ),
      counted: z.string(),
    })
    .optional(),
  /** How long a sealed instance is kept, for example `P30Y`; absent: for ever. The flow's current version says it for all instances. */
  retention: z
    .string()
    .refine((text) => readRetention(text) !== null, { error: 'Write whole years, months or days, such as P30Y.' })
    .optional(),
  /** Link ids of the start form that fill the patient banner. `isListed` false: lists, which are the same for everybody, do not name the patient. */
  patient: z
    .object({
      name: z.string(),
      sex: z.string(),
      birthDate: z.string(),
      idNumber: z.string(),
      allergies: z.string(),
      isListed: z.boolean(),
    })
    .partial()
    .optional(),
});

export type ServiceDescriptor = z.infer<typeof serviceDescriptor>;
