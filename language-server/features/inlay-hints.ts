import type { InlayHint } from 'vscode-languageserver';
import type { LiveValues } from '../../schemas/language/live.ts';
import type { Position, Range } from '../../schemas/language/positions.ts';
import { comparePositions } from '../../schemas/language/positions.ts';
import { listed } from '../../schemas/language/suggest.ts';
import { metricText, shortMetric } from '../../schemas/metric-text.ts';
import { nextOf, schedulesOf } from '../documents/schedules.ts';
import type { PlacedScalar } from '../documents/walk.ts';
import { scalarsOf } from '../documents/walk.ts';
import {
  bestIn,
  isSameValue,
  isVaried,
  lastWith,
  leadingMetric,
  metricNamed,
  namesOfValue,
  paramIn,
  valueIn,
} from '../live/results.ts';
import type { Analysis } from '../projects/analysis.ts';
import { graphIn, modelOf } from '../projects/whole.ts';

/** What the file does not say and a reader would look up: order, last and best results. */
export function inlayHints(analysis: Analysis, range: Range, live: LiveValues | null, now = Date.now()): InlayHint[] {
  if (live && !live.show.hints) return [];
  const results = live ? resultHints(analysis, range, live) : [];
  return [...orderHints(analysis, range), ...scheduleHints(analysis, now), ...results]
    .filter(
      ({ position }) => comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0,
    )
    .sort((one, other) => comparePositions(one.position, other.position));
}

function hint(position: Position, label: string, tooltip?: string): InlayHint {
  return { position, label, tooltip, paddingLeft: true };
}

/** Which steps come before, as far as `needs` does not say it. */
function orderHints(analysis: Analysis, { start: from, end: to }: Range): InlayHint[] {
  const { model, document } = analysis;
  const { text, lines } = document;
  const before = Map.groupBy(graphIn(analysis).edges, ({ from }) => from);
  const shown = model.steps.filter(({ nameRange: { start } }) => from.line <= start.line && start.line <= to.line);
  return shown.flatMap(({ name, needs, nameRange, damaged }) => {
    const said = new Set([name, ...needs.map(({ value }) => value)]);
    const inferred = (before.get(name) ?? []).filter(({ to }) => !said.has(to));
    const [start, end] = lines.lineSpan(nameRange.start.line);
    const beginsLine = text.slice(start, lines.offset(nameRange.start)).trim() === '';
    if (damaged || inferred.length === 0 || !beginsLine) return [];
    const names = [...new Set(inferred.map(({ to }) => to))];
    const at = lines.position(start + text.slice(start, end).trimEnd().length);
    return [hint(at, `after ${listed(names)}`, inferred.map(({ because }) => `${name} ${because}`).join('\n'))];
  });
}

function scheduleHints({ document: { root, lines } }: Analysis, now: number): InlayHint[] {
  return schedulesOf(root).flatMap((schedule) => {
    const times = nextOf(schedule, now, 3);
    const label = `next: ${times[0]} ${schedule.zone}`;
    return times.length > 0 ? [hint(lines.position(schedule.node.span[1]), label, times.join('\n'))] : [];
  });
}

function resultHints(analysis: Analysis, { start, end }: Range, live: LiveValues): InlayHint[] {
  const { root, lines } = analysis.document;
  const scalars = scalarsOf(root);
  const leading = leadingMetric(scalars, live);
  const [from, to] = [lines.offset(start), lines.offset(end)];
  const shown = scalars.filter(({ node }) => from <= node.span[1] && node.span[1] <= to);
  return shown.flatMap((scalar) => resultOf(scalar, leading, analysis, live));
}

function resultOf(
  scalar: PlacedScalar,
  leading: string | undefined,
  analysis: Analysis,
  live: LiveValues,
): InlayHint[] {
  const at = () => analysis.document.lines.position(scalar.node.span[1]);
  const metric = metricNamed(scalar);
  if (metric !== null) return metricHint(metric, live, at);
  const names = namesOfValue(scalar, modelOf(analysis));
  if (names === null) return [];
  const best = bestIn(live, leading);
  const value = best && paramIn(best, names);
  const reached = best && leading !== undefined ? valueIn(best, leading) : undefined;
  if (best === undefined || leading === undefined || value === undefined || reached === undefined) return [];
  const isBest = isSameValue(value, scalar.node.text);
  // what never was anything else is not what made it the best
  if (isBest && !isVaried(names, live)) return [];
  const result = shortMetric({ key: leading, value: reached });
  const label = isBest ? `best so far: ${result}` : `best ${value} → ${result}`;
  return [hint(at(), label, `The run with the best ${leading}, ${best.name}, had ${value}.`)];
}

function metricHint(metric: string, live: LiveValues, at: () => Position): InlayHint[] {
  const last = lastWith(live, metric);
  const best = bestIn(live, metric);
  const shown = (label: string, run: typeof last) => {
    const value = run && valueIn(run, metric);
    return value === undefined ? [] : [`${label} ${metricText(value)}`];
  };
  const isBest = last !== undefined && last.id === best?.id;
  const parts = isBest ? shown('last and best', last) : [...shown('last', last), ...shown('best', best)];
  if (parts.length === 0) return [];
  const tooltip = [last && `Last: ${last.name}`, best && `Best: ${best.name}`].filter(Boolean).join('\n');
  return [hint(at(), parts.join(' · '), tooltip)];
}
