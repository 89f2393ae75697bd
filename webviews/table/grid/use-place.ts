import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TableContext } from '../context.ts';
import type { Column } from '../view/columns.ts';
import type { View } from '../view/view.ts';
import { MARK_WIDTH } from './layout.ts';
import type { Place, Window } from './window.ts';
import { ROW_HEIGHT, sameWindow, windowOf } from './window.ts';

/** What of the table is drawn: follows scrolling and the size of the panel, once a picture. */
export function useWindow(scroller: RefObject<HTMLElement | null>, view: View, columns: readonly Column[]): Window {
  const [place, setPlace] = useState<Place>({ top: 0, left: 0, width: 1000, height: 600 });
  const last = useRef<Window | null>(null);
  const asked = useRef(0);
  const look = useCallback(() => {
    asked.current = 0;
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = element;
    const next = { top, left, width, height };
    setPlace((now) =>
      sameWindow(windowOf(now, view.lines.length, columns), windowOf(next, view.lines.length, columns)) ? now : next,
    );
  }, [scroller, view, columns]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const onScroll = () => {
      asked.current ||= requestAnimationFrame(look);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    const sizes = new ResizeObserver(onScroll);
    sizes.observe(element);
    look();
    return () => {
      element.removeEventListener('scroll', onScroll);
      sizes.disconnect();
      cancelAnimationFrame(asked.current);
      asked.current = 0;
    };
  }, [scroller, look]);
  const next = windowOf(place, view.lines.length, columns);
  // the same object while nothing changes, so that rows are not drawn again
  if (last.current === null || !sameWindow(last.current, next)) last.current = next;
  return last.current;
}

/**
 * What a person reads stays where it is while runs come and go above it: the first row that is seen keeps its place. In
 * another order, or at the top, there is nothing to keep.
 */
export function useAnchor(scroller: RefObject<HTMLElement | null>, view: View, order: string): void {
  const before = useRef({ view, order });
  useLayoutEffect(() => {
    const element = scroller.current;
    const { view: old, order: oldOrder } = before.current;
    before.current = { view, order };
    if (!element || old === view) return;
    if (oldOrder !== order) {
      element.scrollTop = 0;
      return;
    }
    const first = Math.floor(element.scrollTop / ROW_HEIGHT);
    if (element.scrollTop === 0) return;
    const moved = movedBy(old, view, first);
    if (moved !== 0) element.scrollTop += moved * ROW_HEIGHT;
  }, [scroller, view, order]);
}

/** So long after the last movement a place counts as one that somebody looks at. */
const REST_MS = 150;

/** Whoever comes back to the panel sees what they saw: as soon as so many lines are there. */
export function useKeptPlace(scroller: RefObject<HTMLElement | null>, view: View, host: TableContext['host']): void {
  const wanted = useRef(host.look.peek().top);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || wanted.current === 0) return;
    element.scrollTop = wanted.current;
    if (element.scrollTop >= Math.floor(wanted.current)) wanted.current = 0;
  }, [scroller, view]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (wanted.current === 0) host.note({ top: element.scrollTop });
      }, REST_MS);
    };
    // a person scrolls: where they go is what they want
    const onWheel = () => {
      wanted.current = 0;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller, host]);
}

const LOOKED_AT = 40;

/** By how many lines the first row that is still there moved. */
function movedBy(old: View, view: View, first: number): number {
  for (let line = first; line < Math.min(old.lines.length, first + LOOKED_AT); line++) {
    const row = old.lines[line];
    if (row === undefined || row < 0) continue;
    const now = view.lines.indexOf(row);
    if (now >= 0) return now - line;
  }
  return 0;
}

/** Scrolls so far that a cell is seen, past what stays at the edges. */
export function reveal(
  element: HTMLElement,
  line: number,
  column: Column | undefined,
  edges: { top: number; left: number },
) {
  if (line >= 0) {
    const top = line * ROW_HEIGHT;
    const space = element.clientHeight - edges.top - ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + space) element.scrollTop = top - space;
  }
  if (!column || column.pinned) return;
  const left = column.left + MARK_WIDTH;
  if (left - edges.left < element.scrollLeft) element.scrollLeft = left - edges.left;
  else if (left + column.width > element.scrollLeft + element.clientWidth) {
    element.scrollLeft = left + column.width - element.clientWidth;
  }
}
