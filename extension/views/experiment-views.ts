import { parseFilter, parseOrder, printFilter, printOrder } from '../../schemas/search/index.ts';
import { reads } from './reads.ts';

/** How an experiment's runs are shown in the tree. */
export interface ExperimentView {
  /** MLflow's search grammar */
  filter?: string;
  /** such as `metrics.f1 DESC`; newest first without it */
  order?: string[];
  /** `params.lr` or `tags.stage` */
  group?: string;
  /** the metric beside each run's name */
  pin?: string;
}

/** What outlives the window: VS Code's memory of a workspace is one. */
export interface Keep {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEPT_AS = 'crisol.experimentViews';

/** How each experiment is shown, kept over reloads. */
export class ExperimentViews {
  private readonly keep: Keep;
  private readonly known: Map<string, ExperimentView>;

  constructor(keep: Keep) {
    this.keep = keep;
    this.known = new Map(Object.entries(keep.get<Record<string, ExperimentView>>(KEPT_AS) ?? {}).map(usable));
  }

  of(experimentId: string): ExperimentView {
    return this.known.get(experimentId) ?? {};
  }

  change(experimentId: string, change: ExperimentView): void {
    const view = Object.fromEntries(
      Object.entries({ ...this.of(experimentId), ...change }).filter(([, value]) => value !== undefined),
    );
    if (Object.keys(view).length > 0) this.known.set(experimentId, view);
    else this.known.delete(experimentId);
    void this.keep.update(KEPT_AS, Object.fromEntries(this.known));
  }
}

/** An older or newer version of this window may have kept what this one cannot read. */
function usable([id, { filter, order, group, pin }]: [string, ExperimentView]): [string, ExperimentView] {
  const view: ExperimentView = {};
  if (isText(filter) && reads(() => parseFilter(filter, 'runs'))) view.filter = filter;
  if (Array.isArray(order) && reads(() => parseOrder(order, 'runs'))) view.order = order;
  if (isText(group) && reads(() => parseOrder([group], 'runs'))) view.group = group;
  if (isText(pin)) view.pin = pin;
  return [id, view];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The filter of one group: that of the experiment, and the group's own value. */
export function groupFilter(view: ExperimentView, value: string | null): string {
  const [by] = parseOrder([view.group ?? ''], 'runs');
  const kind = by?.kind === 'tag' ? 'tag' : 'param';
  const key = by?.key ?? '';
  const own =
    value === null ? ({ kind, key, op: 'IS NULL', value } as const) : ({ kind, key, op: '=', value } as const);
  return printFilter([...parseFilter(view.filter ?? '', 'runs'), own]);
}

/** `f1 ↓, start time ↑` as short as a row has room for. */
export function orderWords(order: readonly string[]): string {
  return parseOrder(order, 'runs')
    .map(
      (one) =>
        `${printOrder(one)
          .replace(/ (ASC|DESC)$/, '')
          .replace(/^(metrics|params|tags)\./, '')} ${one.descending ? '↓' : '↑'}`,
    )
    .join(', ');
}
