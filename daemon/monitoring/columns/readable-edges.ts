import { evenEdges } from '../statistics/bins.ts';

export interface ReadableEdges {
  edges: Float64Array;
  /** one for each interval */
  labels: string[];
}

/** Steps that people count in. */
const STEPS = [1, 2, 2.5, 5, 10];
/** A few far values must not press all others into one bin: beyond this share of either end they go into an open bin. */
const TAIL = 0.005;
const DIGITS = 12;

/** At most `most` intervals over both sorted samples, between round numbers. */
export function readableEdges(reference: Float64Array, current: Float64Array, most: number): ReadableEdges {
  const full = { low: lowest(reference, current, 0), high: highest(reference, current, 1) };
  const core = { low: lowest(reference, current, TAIL), high: highest(reference, current, 1 - TAIL) };
  const hasTails = full.high - full.low > 2 * (core.high - core.low) && core.high > core.low;
  const { low, high } = hasTails ? core : full;
  const inner = roundEdges(low, high, most - 4) ?? plainEdges(low, high, most - 4);
  const first = inner[0] as number;
  const last = inner.at(-1) as number;
  const labels = inner.slice(1).map((edge, k) => `${inner[k]} – ${edge}`);
  if (full.low < first) {
    inner.unshift(Number.NEGATIVE_INFINITY);
    labels.unshift(`< ${first}`);
  }
  if (full.high > last) {
    inner.push(Number.POSITIVE_INFINITY);
    labels.push(`≥ ${last}`);
  }
  return { edges: Float64Array.from(inner), labels };
}

/** Multiples of a readable step; undefined where doubles are too coarse or too large for them. */
function roundEdges(low: number, high: number, bins: number): number[] | undefined {
  const raw = (high - low) / bins;
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!Number.isFinite(raw) || raw < size * 1e-9) return undefined;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (STEPS.find((candidate) => candidate * power >= raw * (1 - 1e-9)) ?? 10) * power;
  const from = Math.floor(low / step);
  const to = Math.max(from + 1, Math.ceil(high / step));
  const edges = Array.from({ length: to - from + 1 }, (_, k) => Number(((from + k) * step).toPrecision(DIGITS)));
  return edges.every((edge, k) => k === 0 || edge > (edges[k - 1] as number)) ? edges : undefined;
}

/** Between neighbours in the limits of what doubles can tell apart. */
function plainEdges(low: number, high: number, bins: number): number[] {
  return [...new Set(evenEdges(low, high, bins))];
}

function lowest(reference: Float64Array, current: Float64Array, share: number): number {
  return Math.min(at(reference, share) ?? Number.POSITIVE_INFINITY, at(current, share) ?? Number.POSITIVE_INFINITY);
}

function highest(reference: Float64Array, current: Float64Array, share: number): number {
  return Math.max(at(reference, share) ?? Number.NEGATIVE_INFINITY, at(current, share) ?? Number.NEGATIVE_INFINITY);
}

function at(values: Float64Array, share: number): number | undefined {
  return values[Math.round((values.length - 1) * share)];
}
