import type { ColumnDrift, DriftReport } from '../../schemas/wire/monitoring.ts';
import { driftedShare } from './report.ts';

export type SharePoint = DriftReport['history'][number];

const MOST_POINTS = 120;
const NEWEST_KEPT = 40;

/** The share of drifted columns over time: every report of late, fewer and fewer the longer ago, never many. */
export class ShareHistory {
  private points: SharePoint[];

  constructor(points: readonly SharePoint[] = []) {
    this.points = points.slice(-MOST_POINTS);
  }

  get all(): readonly SharePoint[] {
    return this.points;
  }

  /** Answers the moments that are no longer kept. */
  add(point: SharePoint): number[] {
    this.points.push(point);
    if (this.points.length <= MOST_POINTS) return [];
    const thinned = this.points.length - NEWEST_KEPT;
    const isKept = (_: SharePoint, k: number) => k >= thinned || k % 2 === 0;
    const forgotten = this.points.filter((one, k) => !isKept(one, k)).map(({ at }) => at);
    this.points = this.points.filter(isKept);
    return forgotten;
  }
}

export function pointOf(columns: readonly ColumnDrift[], at: number): SharePoint {
  const effects = columns.flatMap(({ name, effect }) => (effect === null ? [] : [[name, rounded(effect)] as const]));
  return { at, share: driftedShare(columns), effects: Object.fromEntries(effects) };
}

/** Enough for a line in a chart. */
function rounded(effect: number): number {
  return Number(effect.toPrecision(4));
}
