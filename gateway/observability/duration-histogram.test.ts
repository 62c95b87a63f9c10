import { describe, expect, it } from '@jest/globals';
import { Histogram, Registry } from 'prom-client';
import { DurationHistogram } from './duration-histogram.ts';

const BUCKETS = [0.001, 0.01, 0.1];
const NAME = 'took_seconds';

const textOf = (registry: Registry): Promise<string> => registry.metrics();

describe('DurationHistogram', () => {
  it('says the same as the histogram of prom-client', async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const mine = new DurationHistogram(
      { name: NAME, help: 'How long.', labelNames: ['kind', 'outcome'], buckets: BUCKETS },
      ours,
    );
    const other = new Histogram({
      ...{ name: NAME, help: 'How long.', labelNames: ['kind', 'outcome'], buckets: BUCKETS },
      registers: [theirs],
    });

    for (const seconds of [0, 0.001, 0.0011, 0.05, 0.1, 7]) {
      mine.observe(seconds, 'query', 'ok');
      other.observe({ kind: 'query', outcome: 'ok' }, seconds);
    }
    mine.observe(0.5, 'query', 'errors');
    other.observe({ kind: 'query', outcome: 'errors' }, 0.5);

    expect(await textOf(ours)).toBe(await textOf(theirs));
  });

  it('takes one label, too', async () => {
    const registry = new Registry();
    const mine = new DurationHistogram(
      { name: NAME, help: 'How long.', labelNames: ['step'], buckets: BUCKETS },
      registry,
    );

    mine.observe(0.05, 'plan');

    expect(await textOf(registry)).toContain('took_seconds_bucket{le="0.1",step="plan"} 1');
    expect(await textOf(registry)).toContain('took_seconds_count{step="plan"} 1');
  });
});
