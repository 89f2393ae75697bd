import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const SPARE_ROWS = 10;

/** Which of many rows of one height are worth being there. */
export function useWindow(
  count: number,
  rowHeight: number,
): { box: RefObject<HTMLElement | null>; from: number; to: number } {
  const box = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const watcher = new ResizeObserver(look);
    element.addEventListener('scroll', look, { passive: true });
    watcher.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      watcher.disconnect();
    };
  }, []);
  const from = Math.max(0, Math.floor(seen.top / rowHeight) - SPARE_ROWS);
  const to = Math.min(count, Math.ceil((seen.top + seen.height) / rowHeight) + SPARE_ROWS);
  return { box, from: Math.min(from, Math.max(0, to - 1)), to };
}
