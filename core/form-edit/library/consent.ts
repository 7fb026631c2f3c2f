/** G-CON: the patient agrees, or somebody who may for the patient. */
import { choice, date, group, signature, truth } from './field-kinds.ts';

const scope = {
  system: 'consent-scope',
  options: {
    consult: '会诊 | Consult',
    'share-history': '共享病史 | Share the history',
    teaching: '教学 | Teaching use',
    research: '科研 | Research use',
  },
};

const by = {
  system: 'consent-by',
  options: { patient: '患者本人 | Patient', guardian: '监护人 | Guardian', emergency: '紧急例外 | Emergency exception' },
};

export const CONSENT = group('consent', '知情同意 | Consent', [
  truth('given', '患方已书面同意 | Consent given in writing', { required: true, fact: 'consentGiven' }),
  choice('scope', '同意范围 | Scope', scope, { repeats: true }),
  choice('by', '同意人 | Consent by', by, { required: true, fact: 'consentBy' }),
  signature('signature', '签名 | Signature', { required: true }),
  date('validUntil', '有效期至 | Valid until'),
]);
