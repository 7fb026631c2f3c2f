/** Why something that belongs to a field's answers is not among them: a file is on its way, or did not arrive. */
export const PENDING_CODES = ['file-uploading', 'file-not-uploaded'] as const;
export type PendingCode = (typeof PENDING_CODES)[number];
