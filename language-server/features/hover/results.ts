import type { LiveRun, LiveValues } from '../../../schemas/language/live.ts';
import { metricText, shortMetric } from '../../../schemas/metric-text.ts';
import { locate } from '../../documents/locate.ts';
import { nextOf, schedulesOf } from '../../documents/schedules.ts';
import { touches } from '../../documents/spans.ts';
import type { PlacedScalar } from '../../documents/walk.ts';
import { scalarsOf } from '../../documents/walk.ts';
import {
  bestIn,
  lastWith,
  leadingMetric,
  metricNamed,
  namesInRuns,
  namesOfValue,
  paramIn,
  valueIn,
} from '../../live/results.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { modelOf } from '../../projects/whole.ts';
import { paragraphs } from '../describe.ts';
import { code, words } from '../markdown.ts';
import type { Told } from './told.ts';

/** What runs made of the metric or param at a place, or when a schedule runs next. */
export function hoverResults(analysis: Analysis, offset: number, live: LiveValues | null, now: number): Told | null {
  const { root } = analysis.document;
  const schedule = schedulesOf(root).find(({ node }) => touches(node.span, offset));
  if (schedule) {
    const times = nextOf(schedule, now, 3).map((time) => `- ${time}`);
    if (times.length === 0) return null;
    return {
      text: paragraphs(`**Next times** by the clock of ${schedule.zone}`, times.join('\n')),
      span: schedule.node.span,
    };
  }
  if (!live) return null;
  const place = locate(root, offset);
  if (place?.on !== 'value' || place.node.kind !== 'scalar') return null;
  const { node, shape, path } = place;
  const text = aboutScalar({ node, shape, path }, analysis, live);
  return text ? { text, span: node.span } : null;
}

function aboutScalar(scalar: PlacedScalar, analysis: Analysis, live: LiveValues): string | null {
  const metric = metricNamed(scalar);
  if (metric !== null) return aboutMetric(metric, live);
  const names = namesOfValue(scalar, modelOf(analysis));
  if (!names) return null;
  return aboutParam(scalar.path.at(-1)?.key ?? '', names, leadingMetric(scalarsOf(analysis.document.root), live), live);
}

/** A param that an expression names. */
export function paramResults(param: string, analysis: Analysis, live: LiveValues | null): string | null {
  if (!live) return null;
  return aboutParam(
    param,
    namesInRuns(modelOf(analysis), param),
    leadingMetric(scalarsOf(analysis.document.root), live),
    live,
  );
}

function aboutMetric(metric: string, live: LiveValues): string | null {
  const [last, best] = [lastWith(live, metric), bestIn(live, metric)];
  const row = (label: string, run: LiveRun | undefined) => {
    const value = run && valueIn(run, metric);
    return run === undefined || value === undefined ? [] : [[label, metricText(value), runLink(run)]];
  };
  const rows = [...row('last', last), ...row('best', best)];
  return rows.length === 0 ? null : paragraphs(`**metric ${code(metric)}**`, table(['', 'value', 'run'], rows));
}

const SHOWN = 5;

function aboutParam(
  param: string,
  names: readonly string[],
  metric: string | undefined,
  live: LiveValues,
): string | null {
  const best = bestIn(live, metric);
  const runs = [
    ...live.runs.slice(0, SHOWN),
    ...(best && !live.runs.slice(0, SHOWN).some(({ id }) => id === best.id) ? [best] : []),
  ];
  const rows = runs.flatMap((run) => {
    const value = paramIn(run, names);
    if (value === undefined) return [];
    const reached = metric === undefined ? undefined : valueIn(run, metric);
    const result = reached === undefined || metric === undefined ? '' : shortMetric({ key: metric, value: reached });
    return [[words(value), `${words(result)}${run.id === best?.id ? ' (best)' : ''}`, runLink(run)]];
  });
  if (rows.length === 0) return null;
  return paragraphs(`**${code(param)} in the newest runs**`, table(['value', 'result', 'run'], rows));
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

const runLink = ({ id, name }: LiveRun): string =>
  `[${words(name)}](command:crisol.runs.open?${encodeURIComponent(JSON.stringify([id])).replaceAll(')', '%29')})`;
