import type { Surroundings } from './surroundings.ts';

/** How large a figure is measured. */
export interface Size {
  readonly subscribers: number;
  readonly connects: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** How long clients come and go. */
  readonly minutes: number;
}

/** One line of the table: what was measured of the gateway and, where it is compared, of the bare server. */
export interface Line {
  readonly what: string;
  readonly gateway: number;
  readonly bare?: number;
  readonly unit: string;
  /** What must be reached; undefined: it is shown to explain the others. */
  readonly target?: Target;
}

export interface Target {
  readonly text: string;
  readonly isReached: boolean;
  /** Whether a miss fails the run, because it does not depend on how fast the machine is. */
  readonly mustFail?: boolean;
}

export type Figure = (around: Surroundings, size: Size) => Promise<readonly Line[]>;

/** Writes lines as a table. */
export function tableOf(lines: readonly Line[]): string {
  const head = ['what', 'CareGraph', 'bare server', 'ratio', 'must reach', 'reached'];
  return [head, ['---', '--:', '--:', '--:', '---', '---'], ...lines.map(cellsOf)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function cellsOf({ what, gateway, bare, unit, target }: Line): readonly string[] {
  const reached = target?.isReached === true ? 'yes' : '**no**';
  return [
    what,
    `${rounded(gateway)} ${unit}`,
    bare === undefined ? '' : `${rounded(bare)} ${unit}`,
    bare === undefined ? '' : `${(gateway / bare).toFixed(2)} x`,
    target?.text ?? '',
    target === undefined ? '' : reached,
  ];
}

function rounded(value: number): string {
  return value < 100 && !Number.isInteger(value) ? value.toFixed(1) : value.toFixed(0);
}

/** The value below which a share of the values lies; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
