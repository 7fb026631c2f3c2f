import { describe, expect, it } from 'vitest';
import { readCron } from './cron.ts';

describe('a cron expression', () => {
  it('has five fields, or six with the seconds in front', () => {
    expect(readCron('30 8 * * MON-FRI')).toEqual({
      second: '0',
      minute: '30',
      hour: '8',
      dayOfMonth: '*',
      month: '*',
      dayOfWeek: 'MON-FRI',
    });
    expect(readCron('0 0 9 ? * mon-fri')).toEqual({
      second: '0',
      minute: '0',
      hour: '9',
      dayOfMonth: '*',
      month: '*',
      dayOfWeek: 'MON-FRI',
    });
  });

  it.each(['*/5 * * * *', '0 0 1,15 * *', '0 0/30 8-18 * JAN-MAR,12 *', '59 23 31 12 6'])('may be %s', (text) => {
    expect(readCron(text)).not.toBeNull();
  });

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 7',
    '* * * * MON-XYZ',
    '*/0 * * * *',
    '* * * * * * *',
    'PT1H',
  ])('is not %j', (text) => {
    expect(readCron(text)).toBeNull();
  });
});
