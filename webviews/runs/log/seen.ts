import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OutputLine } from '../../../schemas/styled-output.ts';
import { idOf, placeOf } from './lines.ts';

export const LINE_HEIGHT = 18;
/** Beyond what is seen. */
const SPARE = 20;
const AT_FIRST = 40;

interface Drawn {
  lines: readonly OutputLine[];
  shown: readonly number[];
  /** what follows is drawn as it comes */
  isFollowed: boolean;
}

export interface Look {
  isAtEnd: boolean;
  isAtTop: boolean;
}

/** Which lines are to be drawn. Whoever looks at the end goes on to see it; elsewhere the lines stay where they are. */
export function useSeen(
  scroller: RefObject<HTMLElement | null>,
  { lines, shown, isFollowed }: Drawn,
  onLook: (look: Look) => void,
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
    const isAtBottom = scrollTop + clientHeight >= scrollHeight - LINE_HEIGHT;
    isAtEnd.current = isAtBottom && isFollowed;
    const first = Math.floor(scrollTop / LINE_HEIGHT);
    const { lines, shown } = drawn.current;
    anchor.current = { id: idOf(lines, shown[first] ?? 0), rest: scrollTop - first * LINE_HEIGHT };
    onLook({ isAtEnd: isAtBottom, isAtTop: scrollTop < clientHeight });
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

/** What has the focus may scroll away, and is drawn no more: then keys go on to scroll. */
export function useKeptFocus(scroller: RefObject<HTMLElement | null>): (event: FocusEvent) => void {
  const held = useRef<Node | null>(null);
  useLayoutEffect(() => {
    const isGone = held.current?.isConnected === false && document.activeElement === document.body;
    if (isGone) scroller.current?.focus({ preventScroll: true });
  });
  return ({ target }) => {
    held.current = target instanceof Node ? target : null;
  };
}
