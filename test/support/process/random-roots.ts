export interface NewsNames {
  readonly message: string;
  /** Of event sub-processes: where it is the same, they take what whoever came later to wait for it never gets. */
  readonly aside: string;
  readonly signal: string;
}

/** Roots that every random diagram may refer to. What is told to one diagram alone has names of its own. */
export const rootsFor = ({ message, aside, signal }: NewsNames): readonly string[] => [
  `<bpmn:message id="m" name="${message}"/>`,
  `<bpmn:message id="a" name="${aside}"/>`,
  `<bpmn:signal id="s" name="${signal}"/>`,
  '<bpmn:error id="e" name="fault" errorCode="FAULT"/>',
  '<bpmn:escalation id="h" escalationCode="HELP"/>',
];

export const ROOTS = rootsFor({ message: 'news', aside: 'news', signal: 'alarm' });
