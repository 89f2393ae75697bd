import { useMemo, useState } from 'preact/hooks';
import type { Condition } from '../../schemas/search/index.ts';
import { parseFilter, SearchError } from '../../schemas/search/index.ts';
import { agoChangesIn } from '../shared/format.ts';
import { useNow } from '../shared/use-now.ts';
import type { TableContext } from './context.ts';
import type { Field } from './data/fields.ts';
import { fieldsOf } from './data/fields.ts';
import type { Runs } from './data/runs.ts';
import type { TableState } from './state.ts';
import { chosenFields, columnsOf, isConstantIn } from './view/columns.ts';
import { viewOf } from './view/view.ts';

export type Filter = { conditions: Condition[]; error?: undefined } | { conditions?: undefined; error: SearchError };

export function readFilter(text: string): Filter {
  try {
    return { conditions: parseFilter(text, 'runs') };
  } catch (error) {
    if (error instanceof SearchError) return { error };
    throw error;
  }
}

type Given = Pick<TableContext, 'host' | 'selection'> & { state: TableState; conditions: readonly Condition[] };

/** From what is known and how a person wants it: the table. Each part is made again only when what it is made of changes. */
export function useTable({ state, host, selection, conditions }: Given): TableContext {
  const { runs, version, curves, curvesVersion } = state;
  const look = host.look.value;
  const { opened, toggleGroup } = useGroups(host);
  const fields = useMemo(() => new Map(fieldsOf(runs).map((field) => [field.id, field])), [runs, version]);
  const { sorts, group, aggregate, columns: wanted, pinned, widths, hideConstant, baseline: compared } = look;
  const view = useMemo(
    () => viewOf({ runs, fields, conditions, look: { sorts, group, aggregate }, opened }),
    [runs, fields, conditions, sorts, group, aggregate, opened],
  );
  const isConstant = useMemo(() => constantOnce(runs.rows()), [runs, version]);
  const columns = useMemo(
    () =>
      columnsOf(
        fields,
        { columns: wanted, pinned, widths, hideConstant, sorts, group, baseline: compared },
        isConstant,
      ),
    [fields, wanted, pinned, widths, hideConstant, sorts, group, compared, isConstant],
  );
  const tick = useNow(useMemo(() => timesChange(runs), [runs, version]));
  // what comes in between is not from the future
  const now = useMemo(() => Date.now(), [tick, version]);
  const baseline = look.baseline === null ? undefined : runs.row(look.baseline);
  return useMemo(() => {
    const chosen = chosenFields(fields, look).map(({ id }) => id);
    const known = { runs, version, fields, curves, curvesVersion, view, columns, chosen };
    return { ...known, look, host, selection, baseline, now, opened, toggleGroup };
  }, [runs, version, fields, curves, curvesVersion, view, columns, look, baseline, now, opened]);
}

function useGroups(host: TableContext['host']) {
  const [opened, setOpened] = useState<ReadonlySet<string | undefined>>(
    () => new Set(host.look.peek().opened.map((value) => value ?? undefined)),
  );
  const toggleGroup = (value: string | undefined) => {
    const next = new Set(opened);
    if (!next.delete(value)) next.add(value);
    setOpened(next);
    host.note({ opened: Array.from(next, (one) => one ?? null) });
  };
  return { opened, toggleGroup };
}

/** Looked up once a column: each may have to look at all runs. */
function constantOnce(rows: Uint32Array): (field: Field) => boolean {
  const known = new Map<string, boolean>();
  return (field) => {
    const before = known.get(field.id);
    if (before !== undefined) return before;
    const constant = isConstantIn(rows, field);
    known.set(field.id, constant);
    return constant;
  };
}

const DURATIONS_EVERY_MS = 10_000;

/** While something runs its duration moves; later no age moves more often than that of the youngest run. */
function timesChange(runs: Runs): (now: number) => number {
  const rows = runs.rows();
  if (rows.length === 0) return () => Infinity;
  if (rows.some((row) => runs.ended.get(row) === undefined)) return () => DURATIONS_EVERY_MS;
  const youngest = rows.reduce((latest, row) => Math.max(latest, runs.started.get(row) ?? 0), 0);
  return (now) => agoChangesIn(youngest, now);
}
