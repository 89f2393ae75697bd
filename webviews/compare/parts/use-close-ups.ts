import { useEffect, useRef } from 'preact/hooks';
import { pointsPerSeries } from '../../../schemas/panels/compare.ts';
import type { CompareContext } from '../context.ts';
import { closeUpsFor } from '../model/close-ups.ts';

/** Zooming comes in many small steps: the daemon is asked when they have come to rest. */
const REST_MS = 200;

/** Asks for finer samples of what is zoomed to, of those series that are known as samples only. */
export function useCloseUps({ shown, look, host, state }: CompareContext, metrics: readonly string[]): void {
  const ask = useRef(state.closeUps.ask);
  const { x, xRange } = look;
  const runs = shown.map(({ id }) => id).join();
  const keys = metrics.join('\n');
  useEffect(() => {
    if (!xRange) return;
    const timer = setTimeout(() => {
      const parts = closeUpsFor(shown, metrics, x, xRange);
      if (parts.length === 0) return;
      ask.current += 1;
      const points = pointsPerSeries(parts.length);
      host.post({ type: 'compare/look-closely', ask: ask.current, parts, keys: [...metrics], points });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [x, xRange?.join(), runs, keys]);
}
