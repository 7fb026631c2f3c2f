/** The sample standards: one that the counties are adopting, one that waits for its review. Invented like the rest. */
import type { SampleInstance } from './instances.ts';
import type { Answers } from './respond.ts';

const [DRAFTER, EXPERT, MANAGER] = ['p-shen-yi', 'p-luo-qing', 'p-he-jing'] as const;

type On = (days: number, time: string) => string;

export function sampleStandards(on: On): readonly SampleInstance[] {
  const day = (days: number): string => on(days, '00:00').slice(0, 10);
  return [
    {
      id: 'standard-published',
      service: 'standard',
      by: DRAFTER,
      application: draft(day, {
        'standard.title': '县级医院手卫生技术规范',
        'standard.number': 'LJ-2026-01',
        'standard.version': '1.0',
        'standard.kind': 'operation',
        'standard.scope': '县级综合医院的病区、门急诊与手术室',
        'standard.summary': '统一洗手与卫生手消毒的时机、方法与监测；新增依从性月度监测。',
      }),
      acts: [
        { by: EXPERT, does: 'review', outcome: 'pass', answers: REVIEW },
        {
          by: MANAGER,
          does: 'publish',
          outcome: 'publish',
          answers: {
            'publication.tiers': ['county'],
            'publication.kinds': ['general'],
            'publication.adoptionDeadline': day(90),
            'publication.note': '请质控科牵头，五个工作日内阅读确认。',
          },
        },
      ],
      stands: [],
      jobs: [
        { job: 'issue', gives: { replaced: null, supersedes: false, gatherAt: on(97, '23:59') } },
        { job: 'push', gives: { fanOut: { started: 3, total: 3, left: 0 }, shared: {} } },
      ],
    },
    {
      id: 'standard-in-review',
      service: 'standard',
      by: EXPERT,
      application: draft(day, {
        'standard.title': '急会诊到位时限与记录标准',
        'standard.number': 'LJ-2026-02',
        'standard.version': '0.9',
        'standard.kind': 'quality',
        'standard.scope': '各级成员医院的临床与医技科室',
      }),
      acts: [],
      stands: ['review'],
    },
  ];
}

const draft = (day: (days: number) => string, answers: Answers): Answers => ({
  ...answers,
  'standard.body': [`${answers['standard.title']}.pdf`],
  'standard.effective': day(30),
  'standard.hasTraining': true,
  'standard.training': '云课堂：规范解读（录播）',
});

const REVIEW: Answers = {
  'review.evidence': '5',
  'review.clarity': '4',
  'review.feasibility': '5',
  'review.opinion': '依据充分，基层可行。',
};
