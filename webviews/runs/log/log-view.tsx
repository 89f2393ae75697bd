import type { RefObject, VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { OutputLine } from '../../../schemas/styled-output.ts';
import type { Moved } from '../state.ts';
import { Line } from './line.tsx';
import { idOf, shownLines, unfoldedAt } from './lines.ts';
import type { SearchProps } from './search.tsx';
import { Search } from './search.tsx';
import type { Look } from './seen.ts';
import { LINE_HEIGHT, useKeptFocus, useSeen } from './seen.ts';

export interface LogViewProps extends Omit<SearchProps, 'found' | 'goTo'> {
  /** there is more before these lines, or after them */
  more: { above: boolean; below: boolean };
  moved: Moved | undefined;
  onOpen: (file: string, line: number) => void;
  /** where one looks: more is read there */
  onLook: (look: Look) => void;
  /** to an end that is not here */
  onMove: (to: 'start' | 'end') => void;
}

/** What a step printed: coloured, folded by its phases, searched; only the lines that are seen are drawn. */
export function LogView({ more, moved, onOpen, onLook, onMove, ...search }: LogViewProps): VNode {
  const { of, lines } = search;
  const scroller = useRef<HTMLElement>(null);
  const { shown, folded, fold, found, goTo } = usePlaces(scroller, lines, moved);
  const seen = useSeen(scroller, { lines, shown, isFollowed: !more.below }, onLook);
  const onFocus = useKeptFocus(scroller);
  return (
    <>
      {shown.length > SEARCHED_FROM ? <Search {...search} found={found} goTo={goTo} /> : null}
      <section
        class="log lines"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll only what has the focus
        tabIndex={0}
        aria-label={`Output of ${of}`}
        onFocusIn={onFocus}
        onKeyDown={(event) => {
          const to = event.key === 'Home' && more.above ? 'start' : event.key === 'End' && more.below ? 'end' : null;
          if (!to) return;
          event.preventDefault();
          onMove(to);
        }}
      >
        <div class="log-ground" style={{ height: `${shown.length * LINE_HEIGHT}px` }}>
          {shown.slice(seen.from, seen.to).map((at, index) => {
            const line = lines[at];
            const id = idOf(lines, at);
            return line ? (
              <Line
                key={id}
                line={line}
                top={(seen.from + index) * LINE_HEIGHT}
                isFolded={line.foldsTo === undefined ? undefined : folded.has(id)}
                isFound={id === found}
                onFold={() => fold(id)}
                onOpen={onOpen}
              />
            ) : null;
          })}
        </div>
      </section>
    </>
  );
}

/** What fits at a glance need not be searched. */
const SEARCHED_FROM = 12;
/** Of one that was found. */
const LINES_ABOVE = 4;

/** Which lines are to be seen, and the way to one that was found, or to where a person went. */
function usePlaces(scroller: RefObject<HTMLElement | null>, lines: readonly OutputLine[], moved: Moved | undefined) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [found, setFound] = useState<number | null>(null);
  const shown = useMemo(() => shownLines(lines, folded), [lines, folded]);
  const show = (place: number) => requestAnimationFrame(() => scroller.current?.scrollTo({ top: place * LINE_HEIGHT }));
  const goTo = (line: number) => {
    const open = unfoldedAt(line, lines, folded);
    setFolded(open);
    setFound(idOf(lines, line));
    show(shownLines(lines, open).indexOf(line) - LINES_ABOVE);
  };
  const fold = (id: number) => {
    const others = new Set(folded);
    if (!others.delete(id)) others.add(id);
    setFolded(others);
  };
  const went = useRef(moved);
  useLayoutEffect(() => {
    if (!moved || moved === went.current) return;
    went.current = moved;
    if (moved.to === 'found') goTo(lines.findIndex((_, at) => idOf(lines, at) >= moved.id));
    else show(moved.to === 'start' ? 0 : shown.length);
  }, [moved]);
  return { shown, folded, fold, found, goTo };
}
