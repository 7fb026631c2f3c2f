/** A person as the lists of this folder write one; ids, phones and sign-in names follow from it (`../people.ts`). */
import type { Role } from '#core/access/roles.ts';

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly org: string;
  readonly department?: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly teams?: readonly string[];
}
