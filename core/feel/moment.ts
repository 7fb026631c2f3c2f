/** What `now()` and `today()` speak of (P1): never the machine's clock. */
export interface Moment {
  /** ISO 8601 instant in UTC. */
  readonly at: string;
  /** IANA zone. */
  readonly zone: string;
}
