import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { TableContext } from '../context.ts';
import type { Layout } from '../grid/layout.ts';
import type { Window } from '../grid/window.ts';
import type { Column } from '../view/columns.ts';

/** Scrolling has come to rest: only where somebody looks curves are read. */
const REST_MS = 100;
/** Those of runs that go on are read anew so often. */
const ANEW_MS = 2000;
/** A narrower column has room for its number only. */
const NARROWEST = 110;

/** Whether a column shows curves beside its numbers. */
export function hasCurves({ field, width }: Column, { sparklines }: { sparklines: boolean }): boolean {
  return sparklines && field.isCurve === true && width >= NARROWEST;
}

/** Asks for the curves of what is seen, once it rests. */
export function useCurves(context: TableContext, layout: Layout, window: Window): void {
  const { curves, curvesVersion, view, runs, version, host, look } = context;
  const lastAsked = useRef(Number.NEGATIVE_INFINITY);
  const keys = useMemo(
    () => [...layout.pinned, ...layout.loose].filter((column) => hasCurves(column, look)).map(({ field }) => field.key),
    [layout, look.sparklines],
  );
  useEffect(() => {
    const seen = Array.from(view.lines.subarray(window.firstLine, window.lastLine)).filter((row) => row >= 0);
    const ids = [...seen, ...(context.baseline === undefined ? [] : [context.baseline])].map(
      (row) => runs.ids[row] ?? '',
    );
    const { run_ids, missing } = curves.wanted(ids, keys);
    if (run_ids.length === 0) return undefined;
    const wait = missing ? REST_MS : Math.max(REST_MS, lastAsked.current + ANEW_MS - performance.now());
    const timer = setTimeout(() => {
      lastAsked.current = performance.now();
      curves.ask(run_ids, keys);
      host.post({ type: 'table/curves', run_ids, keys });
    }, wait);
    return () => clearTimeout(timer);
  }, [view, window, keys.join('\n'), version, curves, curvesVersion, context.baseline]);
}
