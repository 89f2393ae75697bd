import type { ColumnBins } from '../../../schemas/wire/monitoring.ts';
import { categoryCounts, countsBetween, hasMoreDistinct, valueCounts } from '../statistics/bins.ts';
import type { CategoryColumn, NumberColumn, PreparedColumn } from './prepare.ts';
import { readableEdges } from './readable-edges.ts';

const MOST_BINS = 20;
const MOST_CATEGORIES = 12;

/** Reference and current drawn over the same bins, few enough to read. */
export function picture(reference: PreparedColumn, current: PreparedColumn): ColumnBins | null {
  if (reference.kind === 'number' && current.kind === 'number') return ofNumbers(reference, current);
  if (reference.kind === 'category' && current.kind === 'category') return ofCategories(reference, current);
  return null;
}

function ofNumbers(reference: NumberColumn, current: NumberColumn): ColumnBins | null {
  if (reference.rows + current.rows === 0) return null;
  const isMany = [reference, current].some(({ sorted }) => hasMoreDistinct(sorted, MOST_BINS));
  const byValue = isMany ? undefined : valueCounts(reference.sorted, current.sorted);
  if (byValue && byValue.values.length <= MOST_BINS) {
    return asBins(byValue.values.map(String), byValue.reference, byValue.current);
  }
  const { edges, labels } = readableEdges(reference.sorted, current.sorted, MOST_BINS);
  return asBins(labels, countsBetween(reference.sorted, edges), countsBetween(current.sorted, edges));
}

/** The most frequent by either sample, in the reference's order; the rest together. */
function ofCategories(reference: CategoryColumn, current: CategoryColumn): ColumnBins | null {
  const counts = categoryCounts(reference.counts, current.counts);
  if (counts.labels.length === 0) return null;
  const all = counts.labels.map((label, k) => {
    const [before, now] = [counts.reference[k] ?? 0, counts.current[k] ?? 0];
    const share = Math.max(before / Math.max(1, reference.rows), now / Math.max(1, current.rows));
    return { label, before, now, share };
  });
  const byShare = all.toSorted((a, b) => b.share - a.share);
  const room = all.length <= MOST_CATEGORIES ? all.length : MOST_CATEGORIES - 1;
  const shown = byShare.slice(0, room).sort((a, b) => b.before - a.before || b.now - a.now);
  const rest = byShare.slice(room);
  if (rest.length > 0) {
    const total = (key: 'before' | 'now') => rest.reduce((sum, one) => sum + one[key], 0);
    shown.push({ label: `other (${rest.length} categories)`, before: total('before'), now: total('now'), share: 0 });
  }
  return {
    labels: shown.map(({ label }) => label),
    reference: shown.map(({ before }) => before),
    current: shown.map(({ now }) => now),
  };
}

function asBins(labels: string[], reference: Float64Array, current: Float64Array): ColumnBins {
  return { labels, reference: [...reference], current: [...current] };
}
