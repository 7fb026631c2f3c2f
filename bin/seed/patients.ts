/** Invented patients with summaries that read true, so that a sample application looks like one from a ward. */
import type { Answers } from './respond.ts';

export interface Patient {
  readonly id: string;
  /** Answers of the application's groups `patient` and `clinical`. */
  readonly answers: Answers;
}

interface Row {
  readonly name: string;
  readonly sex: 'male' | 'female';
  readonly born: string;
  readonly chief: string;
  readonly present: string;
  readonly diagnoses: readonly (readonly [name: string, code: string])[];
  readonly past?: string;
  readonly treatment?: string;
  readonly allergies?: string;
  readonly guardian?: string;
  readonly isPregnant?: boolean;
}

const ROWS = {
  'pneumonia-slow': {
    name: '梁志远',
    sex: 'male',
    born: '1958-03-14',
    chief: '发热、咳嗽 3 周，抗感染治疗无效',
    present: '3 周前受凉后发热，最高 38.9℃，咳黄痰。外院先后予头孢曲松、莫西沙星治疗共 16 天，体温仍反复。胸部 CT 示右下肺实变伴空洞形成。',
    diagnoses: [
      ['肺部感染，病原待查', 'J18.9'],
      ['2 型糖尿病', 'E11.9'],
    ],
    past: '糖尿病 12 年，血糖控制不佳。',
    treatment: '头孢曲松 7 天，莫西沙星 9 天。',
  },
  'lung-nodule': {
    name: '邱月华',
    sex: 'female',
    born: '1966-08-02',
    chief: '体检发现右肺上叶结节 10 天',
    present: '体检胸部 CT 发现右肺上叶混合磨玻璃结节，约 14 mm，实性成分约 6 mm，无咳嗽、咯血。',
    diagnoses: [['肺结节', 'R91']],
  },
  'heart-failure': {
    name: '段国庆',
    sex: 'male',
    born: '1951-10-01',
    chief: '活动后气促 2 月，加重伴夜间不能平卧 5 天',
    present: '2 月前起活动后气促，5 天前夜间阵发性呼吸困难，双下肢水肿。NT-proBNP 6820 pg/mL，超声心动图 LVEF 31%。',
    diagnoses: [
      ['慢性心力衰竭急性加重', 'I50.9'],
      ['扩张型心肌病？', 'I42.0'],
    ],
    treatment: '呋塞米、沙库巴曲缬沙坦、达格列净。',
  },
  'student-pneumothorax': {
    name: '安然',
    sex: 'female',
    born: '2006-09-18',
    chief: '突发右侧胸痛、气促 3 小时',
    present: '体育课后突发右侧胸痛，深吸气加重，轻度气促。血氧饱和度 95%，右上肺呼吸音减低，考虑自发性气胸。',
    diagnoses: [['自发性气胸？', 'J93.1']],
  },
  'chest-pain': {
    name: '江雪松',
    sex: 'male',
    born: '1973-01-22',
    chief: '突发胸痛 2 小时',
    present: '2 小时前突发胸骨后压榨样疼痛，伴大汗。心电图 V1–V4 ST 段抬高 0.2–0.4 mV，肌钙蛋白 I 1.8 ng/mL。',
    diagnoses: [['急性前壁心肌梗死', 'I21.0']],
    treatment: '阿司匹林 300 mg、替格瑞洛 180 mg 已服。',
  },
  'atrial-fibrillation': {
    name: '贾淑芬',
    sex: 'female',
    born: '1947-06-30',
    chief: '反复心悸 3 年，再发 1 周',
    present: '阵发性房颤 3 年，口服普罗帕酮仍反复发作，近 1 周每日发作 2–3 次，左房内径 43 mm。',
    diagnoses: [['阵发性心房颤动', 'I48.0']],
    allergies: '青霉素过敏',
  },
  'unclear-weakness': {
    name: '钟伟明',
    sex: 'male',
    born: '1988-12-11',
    chief: '四肢无力进行性加重 3 周',
    present: '3 周前双下肢无力，逐渐累及上肢，腱反射减弱。脑脊液蛋白 1.2 g/L，细胞数正常。肌电图示周围神经脱髓鞘改变。',
    diagnoses: [['吉兰-巴雷综合征？慢性炎性脱髓鞘性多发性神经病？', 'G61.9']],
  },
  stroke: {
    name: '方秀英',
    sex: 'female',
    born: '1955-04-18',
    chief: '突发言语不清、右侧肢体无力 90 分钟',
    present: '90 分钟前突发失语、右侧肢体无力，NIHSS 11 分。头颅 CT 未见出血。血压 172/94 mmHg。',
    diagnoses: [['急性缺血性脑卒中', 'I63.9']],
  },
  epilepsy: {
    name: '魏小勇',
    sex: 'male',
    born: '1996-09-09',
    chief: '反复抽搐 5 年，近 3 月加重',
    present: '服用左乙拉西坦、丙戊酸钠两药足量，仍每月发作 4–6 次，头颅磁共振未见明确病灶。',
    diagnoses: [['药物难治性癫痫', 'G40.9']],
  },
  'gastric-cancer': {
    name: '罗建军',
    sex: 'male',
    born: '1962-02-27',
    chief: '上腹痛 2 月，黑便 1 周',
    present: '胃镜示胃窦溃疡型肿物，病理为中分化腺癌。腹部增强 CT 示胃周淋巴结肿大，肝 S6 可疑转移灶 1.1 cm。',
    diagnoses: [['胃窦恶性肿瘤', 'C16.3']],
  },
  'liver-lesion': {
    name: '温桂香',
    sex: 'female',
    born: '1970-07-07',
    chief: '体检发现肝占位 1 周',
    present: '超声发现肝右叶占位 3.2 cm，AFP 18 ng/mL，乙肝表面抗原阳性 20 年。',
    diagnoses: [['肝占位性病变', 'K76.8']],
    past: '慢性乙型肝炎 20 年。',
  },
  'breast-mass': {
    name: '覃丽',
    sex: 'female',
    born: '1979-11-03',
    chief: '左乳肿物 1 月',
    present: '左乳外上象限肿物 2.3 cm，边界不清，穿刺活检形态疑难，免疫组化 ER(+)、PR(−)、HER2(2+)。',
    diagnoses: [['左乳肿物', 'N63']],
  },
  lymphoma: {
    name: '骆志强',
    sex: 'male',
    born: '1968-05-25',
    chief: '颈部淋巴结肿大 2 月',
    present: '双侧颈部、腹股沟多发淋巴结肿大，最大 3.5 cm，低热、盗汗。淋巴结活检提示非典型淋巴细胞增生。',
    diagnoses: [['淋巴结肿大，淋巴瘤待排', 'R59.1']],
  },
  sepsis: {
    name: '包玉兰',
    sex: 'female',
    born: '1949-01-16',
    chief: '发热、意识模糊 1 天',
    present: '尿路感染后高热 39.6℃，血压 82/46 mmHg，乳酸 5.1 mmol/L，补液 2000 mL 后仍需去甲肾上腺素维持。',
    diagnoses: [['脓毒症休克', 'A41.9']],
    treatment: '美罗培南 1 g q8h，去甲肾上腺素 0.3 μg/kg/min。',
  },
  ards: {
    name: '荣大海',
    sex: 'male',
    born: '1964-03-08',
    chief: '重症肺炎、呼吸衰竭 2 天',
    present: '流感后呼吸窘迫，经口气管插管，PEEP 12 cmH2O，FiO2 0.8，氧合指数 96 mmHg。',
    diagnoses: [['急性呼吸窘迫综合征', 'J80']],
  },
  'child-fever': {
    name: '佟子轩',
    sex: 'male',
    born: '2023-02-19',
    chief: '发热 8 天，皮疹 3 天',
    present: '发热 8 天，球结膜充血、口唇皲裂、草莓舌，躯干皮疹。超声心动图左冠状动脉内径 3.1 mm。',
    diagnoses: [['川崎病', 'M30.3']],
    guardian: '佟海（父）',
  },
  'newborn-jaundice': {
    name: '屈安安',
    sex: 'female',
    born: '2026-11-12',
    chief: '皮肤黄染 5 天',
    present: '生后第 3 天出现黄染，总胆红素 342 μmol/L，光疗 24 小时下降不明显，母亲 O 型，患儿 A 型。',
    diagnoses: [['新生儿高胆红素血症', 'P59.9']],
    guardian: '屈敏（母）',
  },
  preeclampsia: {
    name: '洪晓霞',
    sex: 'female',
    born: '1994-04-04',
    chief: '停经 31 周，血压升高 1 周',
    present: '孕 31 周，血压 158/102 mmHg，尿蛋白 2.6 g/24h，血小板 92×10⁹/L，胎儿估重小于第 10 百分位。',
    diagnoses: [['重度子痫前期', 'O14.1']],
    isPregnant: true,
  },
  'placenta-previa': {
    name: '符玉洁',
    sex: 'female',
    born: '1991-09-21',
    chief: '停经 34 周，无痛性阴道出血 1 天',
    present: '既往剖宫产 2 次，超声示中央性前置胎盘，胎盘植入可疑，出血约 150 mL，现已停止。',
    diagnoses: [['中央性前置胎盘', 'O44.1']],
    isPregnant: true,
  },
  'hip-fracture': {
    name: '闫守仁',
    sex: 'male',
    born: '1940-12-05',
    chief: '跌倒后左髋疼痛 6 小时',
    present: '左股骨转子间骨折，合并慢阻肺、房颤，口服利伐沙班，血红蛋白 96 g/L。',
    diagnoses: [
      ['左股骨转子间骨折', 'S72.1'],
      ['慢性阻塞性肺疾病', 'J44.9'],
    ],
  },
  'spine-infection': {
    name: '阎秀珍',
    sex: 'female',
    born: '1959-06-13',
    chief: '腰痛 3 月，发热 2 周',
    present: '腰椎磁共振示 L3/4 椎间盘及邻近椎体信号异常，椎旁脓肿，布鲁氏菌抗体阳性。',
    diagnoses: [['腰椎感染', 'M46.2']],
  },
  pancreatitis: {
    name: '滕立新',
    sex: 'male',
    born: '1984-08-30',
    chief: '持续上腹痛 3 天',
    present: '饮酒后上腹痛，淀粉酶 1320 U/L，CT 示胰腺坏死约 30%，胰周积液。',
    diagnoses: [['急性坏死性胰腺炎', 'K85.8']],
  },
  'fever-unknown': {
    name: '苗春梅',
    sex: 'female',
    born: '1976-10-17',
    chief: '反复发热 6 周，原因不明',
    present: '午后发热 38–39℃，伴关节痛、消瘦 5 kg。血培养 3 次阴性，结核 T-SPOT 阴性，铁蛋白 2860 μg/L。',
    diagnoses: [['发热待查', 'R50.9']],
  },
  'diabetic-foot': {
    name: '冉福来',
    sex: 'male',
    born: '1953-05-29',
    chief: '右足溃疡 1 月，加重 1 周',
    present: '右足第 1、2 趾溃疡，趾端发黑，足背动脉搏动弱，糖化血红蛋白 10.4%。',
    diagnoses: [['糖尿病足', 'E11.5']],
  },
  'anaemia-unclear': {
    name: '岑素芳',
    sex: 'female',
    born: '1969-03-26',
    chief: '乏力、面色苍白 3 月',
    present: '血红蛋白 58 g/L，MCV 112 fL，网织红细胞 1.1%，维生素 B12 正常，骨髓象示病态造血。',
    diagnoses: [['贫血待查，骨髓增生异常综合征？', 'D64.9']],
  },
} as const satisfies Record<string, Row>;

export type PatientId = keyof typeof ROWS;

export const PATIENTS = Object.fromEntries(
  Object.entries(ROWS).map(([id, row]: [string, Row], index) => [id, { id, answers: answersOf(row, index) }]),
) as Readonly<Record<PatientId, Patient>>;

function answersOf(row: Row, index: number): Answers {
  return {
    'patient.name': row.name,
    'patient.sex': row.sex,
    'patient.birthDate': row.born,
    'patient.phone': `188000${String(index + 1).padStart(5, '0')}`,
    'patient.allergies': row.allergies ?? '无已知过敏',
    ...(row.guardian ? { 'patient.isMinor': true, 'patient.guardian': row.guardian } : {}),
    ...(row.isPregnant ? { 'patient.pregnant': true } : {}),
    'clinical.chiefComplaint': row.chief,
    'clinical.historyPresent': row.present,
    'clinical.diagnoses': row.diagnoses.map(([name, code], position) => ({ name, code, main: position === 0 })),
    ...(row.past ? { 'clinical.historyPast': row.past } : {}),
    ...(row.treatment ? { 'clinical.treatment': row.treatment } : {}),
  };
}
