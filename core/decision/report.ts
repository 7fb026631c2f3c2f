/** How what reads and checks decisions says what it found. */
export type Report = (elementId: string, rule: string, message: string, messageZh: string, severity?: 'error' | 'warning') => void;

/** For what is found in one decision, model or service, by its key. */
export type ReportOn = (key: string) => Report;
