import type { RunState } from '../../schemas/panels/runs.ts';
import type { LineStyle, ThemeKind } from '../shared/palette.ts';
import { lineStyle } from '../shared/palette.ts';

/** The runs that there are, the baseline first; each keeps its line, whichever is the baseline. */
export function baselineFirst(
  all: RunState[],
  chosen: string | null,
  kind: ThemeKind,
): { runs: RunState[]; styles: LineStyle[] } {
  const runs = all.filter(({ run }) => run !== null);
  const baseline = runs.find(({ run_id }) => run_id === chosen) ?? oldest(runs);
  const styled = runs.map((run, at) => ({ run, style: lineStyle(at, kind) }));
  const ordered = [...styled.filter(({ run }) => run === baseline), ...styled.filter(({ run }) => run !== baseline)];
  return { runs: ordered.map(({ run }) => run), styles: ordered.map(({ style }) => style) };
}

/** What was there first is what a later run is to improve on. */
function oldest(runs: RunState[]): RunState | undefined {
  const startOf = ({ run }: RunState) => run?.started_at ?? Number.POSITIVE_INFINITY;
  return runs.reduce<RunState | undefined>(
    (first, one) => (first && startOf(first) <= startOf(one) ? first : one),
    undefined,
  );
}
