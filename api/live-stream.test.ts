import { describe, expect, it } from 'vitest';
import { furthest } from './live-stream.ts';

const step = (seq: number) => ({ type: 'instance', instanceId: 'i', seq }) as const;

describe('news of one moment', () => {
  it('name the furthest step, in whatever order the steps were told', () => {
    expect(furthest(step(23), step(22))).toEqual(step(23));
    expect(furthest(step(22), step(23))).toEqual(step(23));
    expect(furthest(undefined, step(22))).toEqual(step(22));
  });

  it('say that everything is to be read again if one of them did', () => {
    expect(furthest(step(0), step(23))).toEqual(step(0));
    expect(furthest(step(23), step(0))).toEqual(step(0));
  });
});
