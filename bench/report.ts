/** What one round of one gateway gave. */
export interface Round {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  /** The share of its core that the gateway used. */
  readonly gatewayLoad: number;
  /** The share of their core that load and subgraphs used: near 1, it is they who were measured. */
  readonly otherLoad: number;
  readonly stallMs: number;
  /** Of the gateway and all that it started. */
  readonly memoryBytes: number;
}

/** The rounds of one gateway, or why there are none. */
export interface Outcome {
  readonly title: string;
  readonly rounds: readonly Round[];
  readonly leftOut?: string;
}

const HEAD = [
  ...[
    'gateway',
    'requests/s',
    'least-most',
    'of its rate, CareGraph reaches',
    'p99 ms',
    'longest stall ms',
    'memory MB',
  ],
  ...['its core', 'the other core'],
];

/** Writes a table of medians; ratios are to the first outcome. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const base = medianOf(outcomes[0]?.rounds ?? [], 'requestsPerSecond');
  const rows = outcomes.map((outcome) => rowOf(outcome, base));
  return [HEAD, HEAD.map((_, index) => (index === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function rowOf({ title, rounds, leftOut }: Outcome, base: number): readonly string[] {
  if (rounds.length === 0 || leftOut !== undefined)
    return [title, `left out: ${leftOut ?? 'not run'}`, ...HEAD.slice(2).map(() => '')];
  const median = (key: keyof Round): number => medianOf(rounds, key);
  const rates = rounds.map(({ requestsPerSecond }) => requestsPerSecond);
  return [
    title,
    figure(median('requestsPerSecond')),
    `${figure(Math.min(...rates))}-${figure(Math.max(...rates))}`,
    `${(base / median('requestsPerSecond')).toFixed(2)} x`,
    median('p99Ms').toFixed(0),
    `${median('stallMs').toFixed(0)} (most ${Math.max(...rounds.map(({ stallMs }) => stallMs)).toFixed(0)})`,
    ((rounds.at(-1)?.memoryBytes ?? 0) / 1_048_576).toFixed(0),
    percent(median('gatewayLoad')),
    percent(median('otherLoad')),
  ];
}

/** The median of one figure over rounds; NaN without rounds. */
export function medianOf(rounds: readonly Round[], key: keyof Round): number {
  const sorted = rounds.map((round) => round[key]).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

function figure(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
