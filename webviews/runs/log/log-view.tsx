import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { OutputLine } from '../../../schemas/styled-output.ts';
import { styledOutput } from '../../../schemas/styled-output.ts';
import { formatCount } from '../../shared/format.ts';
import { Button, TextField } from '../../shared/toolkit.ts';
import { Line } from './line.tsx';
import { matchesIn, shownLines, turned, unfoldedAt } from './lines.ts';

export interface LogViewProps {
  /** what the step is called */
  of: string;
  text: string;
  /** whether more may come: then the end stays in sight, as long as one looks at it */
  isGrowing: boolean;
  onOpen: (file: string, line: number) => void;
}

const LINE_HEIGHT = 18;
/** Beyond what is seen. */
const SPARE = 20;
const AT_FIRST = 40;

/** What a step printed: coloured, folded by its phases, searched; only the lines that are seen are drawn. */
export function LogView({ of, text, isGrowing, onOpen }: LogViewProps): VNode {
  const lines = useMemo(() => styledOutput(text), [text]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => shownLines(lines, folded), [lines, folded]);
  const scroller = useRef<HTMLElement>(null);
  const seen = useSeen(scroller, shown.length, isGrowing);
  const [found, setFound] = useState<number | null>(null);
  const goTo = (line: number) => {
    const open = unfoldedAt(line, lines, folded);
    setFolded(open);
    setFound(line);
    const place = shownLines(lines, open).indexOf(line);
    requestAnimationFrame(() => scroller.current?.scrollTo({ top: (place - 4) * LINE_HEIGHT }));
  };
  const fold = (line: number) => {
    const others = new Set(folded);
    if (!others.delete(line)) others.add(line);
    setFolded(others);
  };
  return (
    <>
      {shown.length > SEARCHED_FROM ? <Search of={of} lines={lines} goTo={goTo} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll only what has the focus */}
      <section class="log lines" ref={scroller} tabIndex={0} aria-label={`Output of ${of}`}>
        <div class="log-ground" style={{ height: `${shown.length * LINE_HEIGHT}px` }}>
          {shown.slice(seen.from, seen.to).map((at, index) => {
            const line = lines[at];
            return line ? (
              <Line
                key={at}
                line={line}
                top={(seen.from + index) * LINE_HEIGHT}
                isFolded={line.foldsTo === undefined ? undefined : folded.has(at)}
                isFound={at === found}
                onFold={() => fold(at)}
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

function Search({
  of,
  lines,
  goTo,
}: {
  of: string;
  lines: readonly OutputLine[];
  goTo: (line: number) => void;
}): VNode {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const matches = useMemo(() => matchesIn(lines, words), [lines, words]);
  const move = (by: number) => {
    const next = turned(matches.length, at, by);
    setAt(next);
    const line = matches[next];
    if (line !== undefined) goTo(line);
  };
  const look = (wanted: string) => {
    setWords(wanted);
    setAt(0);
    const [first] = matchesIn(lines, wanted);
    if (first !== undefined) goTo(first);
  };
  return (
    <div class="toolbar log-search">
      <TextField
        value={words}
        placeholder="Find"
        label={`Find in the output of ${of}`}
        onInput={look}
        onKeyDown={(event) => {
          if (event.key === 'Enter') move(event.shiftKey ? -1 : 1);
        }}
      />
      <span class="muted" role="status">
        {words === ''
          ? formatCount(lines.length, 'line')
          : matches.length === 0
            ? 'Not found'
            : `${at + 1} of ${matches.length}`}
      </span>
      {matches.length > 1 ? (
        <>
          <Button look="icon" label="Previous" title="Previous (Shift+Enter)" onPress={() => move(-1)}>
            ↑
          </Button>
          <Button look="icon" label="Next" title="Next (Enter)" onPress={() => move(1)}>
            ↓
          </Button>
        </>
      ) : null}
    </div>
  );
}

/** Which lines are to be drawn; whoever looks at the end goes on to see it. */
function useSeen(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  isGrowing: boolean,
): { from: number; to: number } {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(AT_FIRST * LINE_HEIGHT);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      setTop(element.scrollTop);
      setHeight(element.clientHeight);
      isAtEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - LINE_HEIGHT;
    };
    look();
    element.addEventListener('scroll', look);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    if (isGrowing && isAtEnd.current) scroller.current?.scrollTo({ top: count * LINE_HEIGHT });
  }, [count, isGrowing]);
  const from = Math.max(0, Math.floor(top / LINE_HEIGHT) - SPARE);
  return { from, to: Math.ceil((top + height) / LINE_HEIGHT) + SPARE };
}
