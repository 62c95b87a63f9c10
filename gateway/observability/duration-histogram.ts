import type { Registry } from 'prom-client';

interface Options {
  readonly name: string;
  readonly help: string;
  /** One label, or two. */
  readonly labelNames: readonly [string, string?];
  /** Upper bounds in seconds, ascending. */
  readonly buckets: readonly number[];
}

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Durations by the first bucket that they fit into; one more for those that fit into none. */
  readonly counts: number[];
  sum: number;
}

/**
 * A histogram of durations in Prometheus's form, as a metric in a registry of prom-client. prom-client's own makes a text of all labels
 * whenever it counts, and several durations of every request are counted.
 */
export class DurationHistogram {
  readonly #options: Options;
  readonly #series = new Map<string, Map<string, Series>>();

  constructor(options: Options, registry: Registry) {
    this.#options = options;
    const { name } = options;
    registry.registerMetric({ name, get: () => Promise.resolve(this.#snapshot()) } as never);
  }

  /** Counts a duration under the values of the labels. */
  observe(seconds: number, first: string, second = ''): void {
    const series = this.#series.get(first)?.get(second) ?? this.#newSeries(first, second);
    const { buckets } = this.#options;
    let bucket = 0;
    while (bucket < buckets.length && seconds > (buckets[bucket] ?? 0)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += seconds;
  }

  #newSeries(first: string, second: string): Series {
    const { labelNames, buckets } = this.#options;
    const labels = { [labelNames[0]]: first, ...(labelNames[1] !== undefined && { [labelNames[1]]: second }) };
    const series = { labels, counts: Array.from({ length: buckets.length + 1 }, () => 0), sum: 0 };
    const bySecond = this.#series.get(first) ?? new Map<string, Series>();
    this.#series.set(first, bySecond.set(second, series));
    return series;
  }

  #snapshot() {
    const { name, help } = this.#options;
    const all = [...this.#series.values()].flatMap((bySecond) => [...bySecond.values()]);
    const values = all.flatMap((series) => this.#valuesOf(series));
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }

  #valuesOf({ labels, counts, sum }: Series) {
    const { name, buckets } = this.#options;
    let count = 0;
    const cumulative = [...buckets, '+Inf'].map((le, bucket) => {
      count += counts[bucket] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...cumulative,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}
