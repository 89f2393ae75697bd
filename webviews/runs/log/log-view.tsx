import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { OutputLine } from '../../../schemas/styled-output.ts';
import { formatCount } from '../../shared/format.ts';
import { Button, TextField } from '../../shared/toolkit.ts';
import { Line } from './line.tsx';
import { idOf, matchesIn, placeOf, shownLines, turned, unfoldedAt } from './lines.ts';

export interface LogViewProps {
  /** what the step is called */
  of: string;
  lines: readonly OutputLine[];
  /** how much of it is here, where it is not all */
  part: string | null;
  onOpen: (file: string, line: number) => void;
  /** somebody looks for words, or no longer does */
  onSearch: (isSearched: boolean) => void;
  /** where one looks: more is read there */
  onLook: (look: { isAtEnd: boolean; isAtTop: boolean }) => void;
}

const LINE_HEIGHT = 18;
/** Beyond what is seen. */
const SPARE = 20;
const AT_FIRST = 40;

/** What a step printed: coloured, folded by its phases, searched; only the lines that are seen are drawn. */
export function LogView({ of, lines, part, onSearch, onOpen, onLook }: LogViewProps): VNode {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => shownLines(lines, folded), [lines, folded]);
  const scroller = useRef<HTMLElement>(null);
  const seen = useSeen(scroller, { lines, shown }, onLook);
  const [found, setFound] = useState<number | null>(null);
  const goTo = (line: number) => {
    const open = unfoldedAt(line, lines, folded);
    setFolded(open);
    setFound(idOf(lines, line));
    const place = shownLines(lines, open).indexOf(line);
    requestAnimationFrame(() => scroller.current?.scrollTo({ top: (place - 4) * LINE_HEIGHT }));
  };
  const fold = (id: number) => {
    const others = new Set(folded);
    if (!others.delete(id)) others.add(id);
    setFolded(others);
  };
  return (
    <>
      {shown.length > SEARCHED_FROM ? (
        <Search of={of} lines={lines} part={part} onSearch={onSearch} goTo={goTo} />
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll only what has the focus */}
      <section class="log lines" ref={scroller} tabIndex={0} aria-label={`Output of ${of}`}>
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

interface SearchProps extends Pick<LogViewProps, 'of' | 'lines' | 'part' | 'onSearch'> {
  goTo: (line: number) => void;
}

/** What is not here is not searched: that must not look as if it were. */
const withPart = (words: string, part: string | null): string =>
  part === null ? words : `${words} in ${part} (\`crisol logs\` prints all)`;

function Search({ of, lines, part, onSearch, goTo }: SearchProps): VNode {
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
    onSearch(wanted !== '');
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
          ? [formatCount(lines.length, 'line'), part].filter(Boolean).join(', ')
          : matches.length === 0
            ? withPart('Not found', part)
            : withPart(`${at + 1} of ${matches.length}`, part)}
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

interface Drawn {
  lines: readonly OutputLine[];
  shown: readonly number[];
}

/** Which lines are to be drawn. Whoever looks at the end goes on to see it; elsewhere the lines stay where they are. */
function useSeen(
  scroller: RefObject<HTMLElement | null>,
  { lines, shown }: Drawn,
  onLook: LogViewProps['onLook'],
): { from: number; to: number } {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(AT_FIRST * LINE_HEIGHT);
  const isAtEnd = useRef(true);
  const anchor = useRef({ id: 0, rest: 0 });
  const drawn = useRef({ lines, shown });
  const look = () => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, clientHeight, scrollHeight } = element;
    setTop(scrollTop);
    setHeight(clientHeight);
    isAtEnd.current = scrollTop + clientHeight >= scrollHeight - LINE_HEIGHT;
    const first = Math.floor(scrollTop / LINE_HEIGHT);
    const { lines, shown } = drawn.current;
    anchor.current = { id: idOf(lines, shown[first] ?? 0), rest: scrollTop - first * LINE_HEIGHT };
    onLook({ isAtEnd: isAtEnd.current, isAtTop: scrollTop < clientHeight });
  };
  const looking = useRef(look);
  looking.current = look;
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const heard = () => looking.current();
    heard();
    element.addEventListener('scroll', heard);
    const observer = new ResizeObserver(heard);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', heard);
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const { id, rest } = anchor.current;
    const hadNone = drawn.current.lines.length === 0;
    const isMoved = idOf(drawn.current.lines, 0) !== idOf(lines, 0) && drawn.current.lines !== lines;
    drawn.current = { lines, shown };
    if (hadNone || isAtEnd.current) scroller.current?.scrollTo({ top: shown.length * LINE_HEIGHT });
    else if (isMoved) scroller.current?.scrollTo({ top: placeOf(id, lines, shown) * LINE_HEIGHT + rest });
    looking.current();
  }, [lines, shown]);
  const from = Math.max(0, Math.floor(top / LINE_HEIGHT) - SPARE);
  return { from, to: Math.ceil((top + height) / LINE_HEIGHT) + SPARE };
}
