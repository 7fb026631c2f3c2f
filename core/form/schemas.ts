/** What the schemas of forms, responses and value sets are made of. */
import { z } from 'zod';

export const text = z.string().min(1).max(100_000);
export const shortText = z.string().min(1).max(1_000);
export const number = z.number().refine(Number.isFinite, 'must be a finite number');
export const whole = z.number().int();
export const list = <T extends z.ZodType>(schema: T) => z.array(schema).max(20_000);

/** Annotated, because an object that contains itself has no inferable type. */
export type Nested = z.ZodOptional<z.ZodArray<z.ZodType>>;
