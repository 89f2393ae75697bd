import type { ComparedRun } from '../../../schemas/panels/compare.ts';
import { toNumber } from '../../../schemas/panels/series.ts';
import type { MetricSeries, RunDetail } from '../../../schemas/wire/tracking.ts';
import type { LineStyle, ThemeKind } from '../../shared/palette.ts';
import { lineStyle } from '../../shared/palette.ts';

/** One run as every part of the panel sees it. */
export interface Item {
  id: string;
  name: string;
  style: LineStyle;
  run: RunDetail;
  series: ReadonlyMap<string, MetricSeries>;
  params: ReadonlyMap<string, string>;
  /** the last value of each metric */
  metrics: ReadonlyMap<string, number>;
}

type Facts = Pick<Item, 'series' | 'params' | 'metrics'>;
const known = new WeakMap<ComparedRun, Facts>();

/** The runs that there are, the baseline first; each keeps its line, whichever is the baseline. */
export function itemsOf(runs: Iterable<ComparedRun>, baseline: string | null, kind: ThemeKind): Item[] {
  const existing = [...runs].flatMap((state, at) => (state.run ? [{ state, run: state.run, at }] : []));
  const names = distinctNames(existing.map(({ run }) => run));
  const items = existing.map(({ state, run, at }, place) => {
    return { id: run.run_id, name: names[place] ?? '', style: lineStyle(at, kind), run, ...factsOf(state) };
  });
  const first = items.find(({ id }) => id === baseline) ?? oldest(items);
  return first ? [first, ...items.filter((item) => item !== first)] : [];
}

/** What was there first is what a later run is to improve on. A search that only holds its trials together has no results. */
function oldest(all: Item[]): Item | undefined {
  const withResults = all.filter(({ metrics }) => metrics.size > 0);
  const items = withResults.length > 0 ? withResults : all;
  return items.reduce<Item | undefined>(
    (first, item) => (first && first.run.started_at <= item.run.started_at ? first : item),
    undefined,
  );
}

/** Names that tell the runs apart: of the same name they also show the start of their ids. */
function distinctNames(runs: RunDetail[]): string[] {
  const names = runs.map(({ name, run_id }) => name || run_id.slice(0, 8));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return runs.map(({ run_id }, at) => {
    const name = names[at] ?? '';
    return (counts.get(name) ?? 0) > 1 ? `${name} (${run_id.slice(0, 6)})` : name;
  });
}

function factsOf(state: ComparedRun): Facts {
  const before = known.get(state);
  if (before) return before;
  const facts: Facts = {
    series: new Map(state.series.map((series) => [series.key, series])),
    params: new Map(state.run?.params.map(({ key, value }) => [key, value])),
    metrics: new Map(state.series.map(({ key, points }) => [key, toNumber(points.at(-1)?.[2] ?? 'NaN')])),
  };
  known.set(state, facts);
  return facts;
}
