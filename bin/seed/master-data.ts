/** The sample master data: what can be ordered, what three hospitals call it, and who does it. One code is unmapped, two meet in one. */
import type { DictionaryKey, Specimen } from '#core/master-data/dictionary.ts';
import type { EntryRow } from '#core/master-data/entries.ts';
import type { MappingRow } from '#core/master-data/mapping-rows.ts';
import type { ServicePoint } from '#core/master-data/routing.ts';

/** Whoever writes does not approve. */
export const WRITER = 'p-kang-ning';
export const CHECKER = 'p-ruan-qi';

/** No hospital has a code for it: an order of it waits for the operator. */
export const UNMAPPED_EVERYWHERE = 'MR-CARDIAC';

type Item = readonly [code: string, name: string, nameEn: string, specimen?: Specimen];

const EXAMS: readonly Item[] = [
  ['CT-HEAD', '头颅 CT 平扫', 'CT of the head'],
  ['CT-CHEST', '胸部 CT 平扫', 'CT of the chest'],
  ['CT-ABDOMEN', '腹部 CT 增强', 'CT of the abdomen with contrast'],
  ['CT-CORONARY', '冠状动脉 CTA', 'CT angiography of the coronaries'],
  ['MR-HEAD', '头颅 MR 平扫', 'MR of the head'],
  ['MR-SPINE', '腰椎 MR 平扫', 'MR of the lumbar spine'],
  ['MR-CARDIAC', '心脏 MR', 'MR of the heart'],
  ['MR-BREAST', '乳腺 MR 增强', 'MR of the breast with contrast'],
  ['US-HEART', '心脏彩超', 'Echocardiography'],
  ['US-THYROID', '甲状腺彩超', 'Ultrasound of the thyroid'],
  ['DR-CHEST', '胸部 DR', 'X-ray of the chest'],
  ['MG-BREAST', '乳腺钼靶', 'Mammography'],
  ['DSA-HEAD', '脑血管造影', 'Cerebral angiography'],
  ['PET-CT', 'PET-CT 全身', 'Whole-body PET-CT'],
  ['EEG-24H', '24 小时脑电图', '24-hour EEG'],
  ['ENDO-GASTRO', '电子胃镜', 'Gastroscopy'],
];

const TESTS: readonly Item[] = [
  ['HBA1C', '糖化血红蛋白', 'HbA1c', 'blood'],
  ['CBC', '血细胞分析', 'Blood count', 'blood'],
  ['CRP', 'C 反应蛋白', 'C-reactive protein', 'serum'],
  ['PCT', '降钙素原', 'Procalcitonin', 'serum'],
  ['HBSAG-QUANT', '乙肝表面抗原定量', 'HBsAg, quantitative', 'serum'],
  ['HBSAG-QUAL', '乙肝表面抗原定性', 'HBsAg, qualitative', 'serum'],
  ['HCV-RNA', '丙肝病毒核酸', 'HCV RNA', 'serum'],
  ['TSH', '促甲状腺激素', 'TSH', 'serum'],
  ['AFP', '甲胎蛋白', 'Alpha-fetoprotein', 'serum'],
  ['CEA', '癌胚抗原', 'CEA', 'serum'],
  ['TROPONIN', '高敏肌钙蛋白 I', 'hs-Troponin I', 'serum'],
  ['URINE-CULTURE', '尿培养', 'Urine culture', 'urine'],
  ['URINE-ACR', '尿微量白蛋白/肌酐', 'Urine albumin/creatinine', 'urine'],
  ['STOOL-OB', '粪便隐血', 'Faecal occult blood', 'stool'],
  ['HISTOLOGY', '组织病理', 'Histology', 'tissue'],
  ['EGFR', 'EGFR 基因检测', 'EGFR gene test', 'tissue'],
  ['THROAT-CULTURE', '咽拭子培养', 'Throat culture', 'swab'],
  ['HPV', 'HPV 分型', 'HPV typing', 'swab'],
];

const ADMISSION: readonly Item[] = [
  ['WARD-GENERAL', '普通病房床位', 'General ward'],
  ['WARD-SINGLE', '单间床位', 'Single room'],
  ['WARD-ISOLATION', '隔离床位', 'Isolation bed'],
  ['ICU', '重症监护床位', 'Intensive care'],
  ['CCU', '心脏监护床位', 'Cardiac care'],
  ['NICU', '新生儿监护床位', 'Neonatal intensive care'],
];

const rowOf = ([code, name, nameEn, specimen]: Item): EntryRow => ({ code, name, nameEn, specimen: specimen ?? '' });

export const ENTRY_ROWS: Readonly<Record<DictionaryKey, readonly EntryRow[]>> = {
  exam: EXAMS.map(rowOf),
  test: TESTS.map(rowOf),
  admission: ADMISSION.map(rowOf),
};

interface LocalCodes {
  readonly organisation: string;
  readonly dictionary: DictionaryKey;
  readonly items: readonly Item[];
  /** Before the running number of a local code. */
  readonly prefix: string;
  /** Nobody has written a mapping for these. */
  readonly unmapped: readonly string[];
  readonly notOffered: readonly string[];
}

const LOCAL_CODES: readonly LocalCodes[] = [
  {
    organisation: 'org-lead',
    dictionary: 'exam',
    items: EXAMS,
    prefix: 'FS',
    unmapped: [UNMAPPED_EVERYWHERE],
    notOffered: ['ENDO-GASTRO'],
  },
  { organisation: 'org-lead', dictionary: 'test', items: TESTS, prefix: 'JY', unmapped: [], notOffered: [] },
  {
    organisation: 'org-qingling',
    dictionary: 'exam',
    items: EXAMS,
    prefix: '2-',
    unmapped: [UNMAPPED_EVERYWHERE, 'MR-BREAST'],
    notOffered: ['PET-CT', 'DSA-HEAD'],
  },
  {
    organisation: 'org-qingling',
    dictionary: 'test',
    items: TESTS,
    prefix: 'LIS',
    unmapped: ['HBSAG-QUAL'],
    notOffered: ['HISTOLOGY', 'EGFR', 'HCV-RNA'],
  },
  {
    organisation: 'org-cancer',
    dictionary: 'exam',
    items: EXAMS,
    prefix: 'ZL.',
    unmapped: ['US-HEART'],
    notOffered: [UNMAPPED_EVERYWHERE, 'CT-CORONARY', 'EEG-24H', 'DSA-HEAD'],
  },
  {
    organisation: 'org-cancer',
    dictionary: 'test',
    items: TESTS,
    prefix: 'ZB.',
    unmapped: [],
    notOffered: ['URINE-CULTURE', 'THROAT-CULTURE', 'HBSAG-QUANT', 'HBSAG-QUAL'],
  },
];

export interface SampleMappings {
  readonly dictionary: DictionaryKey;
  readonly rows: readonly MappingRow[];
}

const SINCE = '2026-01-01';

const rowsOf = ({ organisation, items, prefix, unmapped, notOffered }: LocalCodes): readonly MappingRow[] =>
  items.flatMap(([standardCode, localName], index): readonly MappingRow[] => {
    if (unmapped.includes(standardCode)) return [];
    const isOffered = !notOffered.includes(standardCode);
    return [
      {
        standardCode,
        organisation,
        localCode: isOffered ? `${prefix}${String(index + 1).padStart(4, '0')}` : '',
        localName: isOffered ? localName : '',
        direction: isOffered ? 'both' : 'none',
        validFrom: SINCE,
        validTo: '',
      },
    ];
  });

/** These are approved. */
export const APPROVED_MAPPINGS: readonly SampleMappings[] = LOCAL_CODES.map((codes) => ({
  dictionary: codes.dictionary,
  rows: rowsOf(codes),
}));

/** These wait: the first would make one local code mean two things, the second is in order. */
export const WAITING_MAPPINGS: readonly SampleMappings[] = [
  {
    dictionary: 'test',
    rows: [
      {
        standardCode: 'HBSAG-QUAL',
        organisation: 'org-qingling',
        localCode: 'LIS0005',
        localName: '乙肝表面抗原',
        direction: 'both',
        validFrom: SINCE,
        validTo: '',
      },
    ],
  },
  {
    dictionary: 'exam',
    rows: [
      {
        standardCode: 'MR-BREAST',
        organisation: 'org-qingling',
        localCode: '2-0008',
        localName: '乳腺核磁',
        direction: 'both',
        validFrom: SINCE,
        validTo: '',
      },
    ],
  },
];

const point = (
  id: string,
  organisationId: string,
  dictionary: 'exam' | 'test',
  more: Pick<ServicePoint, 'hours' | 'openOrdersMax'> & { readonly department: string },
): ServicePoint => ({
  id: `${id}-${dictionary}`,
  organisationId,
  departmentId: `d-${id}-${more.department}`,
  teamId: `team-${id}-${dictionary}`,
  dictionary,
  specimens: [],
  hours: more.hours,
  openOrdersMax: more.openOrdersMax,
  isOpen: true,
});

const DAY = { from: '08:00', to: '18:00' };

export const SERVICE_POINTS: readonly ServicePoint[] = [
  point('lead', 'org-lead', 'exam', { department: 'imaging', hours: null, openOrdersMax: 40 }),
  point('lead', 'org-lead', 'test', { department: 'laboratory', hours: null, openOrdersMax: 200 }),
  point('qingling', 'org-qingling', 'exam', { department: 'imaging', hours: null, openOrdersMax: 12 }),
  {
    ...point('qingling', 'org-qingling', 'test', { department: 'laboratory', hours: null, openOrdersMax: 60 }),
    specimens: ['blood', 'serum', 'urine', 'stool', 'swab'],
  },
  point('cancer', 'org-cancer', 'exam', { department: 'imaging', hours: DAY, openOrdersMax: 10 }),
  {
    ...point('cancer', 'org-cancer', 'test', { department: 'pathology', hours: DAY, openOrdersMax: 20 }),
    specimens: ['serum', 'tissue', 'blood'],
  },
];
