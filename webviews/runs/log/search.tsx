import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../../schemas/bytes-text.ts';
import type { OutputLine } from '../../../schemas/styled-output.ts';
import { formatCount } from '../../shared/format.ts';
import { Button, TextField } from '../../shared/toolkit.ts';
import type { Direction } from './hunt.ts';
import { idOf, matchesIn, nextMatch } from './lines.ts';
import type { Seeking } from './seeking.ts';

export interface SearchProps {
  /** what the step is called */
  of: string;
  lines: readonly OutputLine[];
  /** how much of it is here, where it is not all */
  part: string | null;
  /** all that was printed */
  bytes: number;
  /** the line that was found last, by its id */
  found: number | null;
  seeking: Seeking;
  /** somebody looks for words, or no longer does */
  onSearch: (isSearched: boolean) => void;
  goTo: (line: number) => void;
}

/** Who still types is not answered about half of a word. */
const PAUSE_MS = 300;
/** Of the line that was found, for who does not see it. */
const READ_ALOUD = 200;

/** Finds words: in the lines that are here at once, beyond them in all that was printed. */
export function Search(props: SearchProps): VNode {
  const { of, seeking } = props;
  const search = useSearch(props);
  const { words, line, look, move } = search;
  const isSearching = seeking.state === 'searching';
  const bar = useRef<HTMLDivElement>(null);
  const stop = () => {
    seeking.stop();
    // the button goes, and would take the focus with it
    bar.current?.querySelector<HTMLElement>('vscode-text-field')?.focus();
  };
  return (
    <div class="toolbar log-search" ref={bar}>
      <TextField
        value={words}
        placeholder="Find"
        label={`Find in the output of ${of}`}
        onInput={look}
        onKeyDown={(event) => {
          if (event.key === 'Enter') move(event.shiftKey ? -1 : 1);
          if (event.key !== 'Escape' || words === '') return;
          event.stopPropagation();
          if (isSearching) seeking.stop();
          else look('');
        }}
      />
      <span class="muted" role="status">
        {said(props, search)}
        {line ? <span class="unseen">: {line.text.slice(0, READ_ALOUD)}</span> : null}
      </span>
      {isSearching ? (
        <span class="muted" aria-hidden="true">
          {`${Math.floor(seeking.share * 100)} %`}
        </span>
      ) : null}
      {words === '' ? null : (
        <>
          <Button look="icon" label="Previous" title="Previous (Shift+Enter)" onPress={() => move(-1)}>
            ↑
          </Button>
          <Button look="icon" label="Next" title="Next (Enter)" onPress={() => move(1)}>
            ↓
          </Button>
        </>
      )}
      {isSearching ? (
        <Button title="Stop searching (Escape)" onPress={stop}>
          Stop
        </Button>
      ) : null}
    </div>
  );
}

/** What is not here was not searched: that must not look as if it were. */
function said(
  { lines, part, bytes, seeking }: SearchProps,
  { words, matches, at, isAllHere, isTyped }: Searched,
): string {
  if (words === '') return [formatCount(lines.length, 'line'), part].filter(Boolean).join(', ');
  const isAwaited = isTyped && matches.length === 0 && !isAllHere;
  if (seeking.state === 'searching' || isAwaited) return `Searching ${formatBytes(bytes)}…`;
  const count = at < 0 ? `${matches.length} found` : `${at + 1} of ${matches.length}`;
  return `${matches.length === 0 ? 'Not found' : count}${isAllHere ? '' : ` in ${part}`}`;
}

type Searched = ReturnType<typeof useSearch>;

function useSearch({ lines, part, found, seeking, onSearch, goTo }: SearchProps) {
  const [words, setWords] = useState('');
  const matches = useMemo(() => matchesIn(lines, words), [lines, words]);
  const at = matches.findIndex((line) => idOf(lines, line) === found);
  const isAllHere = part === null || seeking.isNowhereElse(words);
  const goRound = (by: number) => {
    const line = by > 0 ? matches.at(0) : matches.at(-1);
    if (line !== undefined) goTo(line);
  };
  const seek = (direction: Direction) => seeking.seek(words, direction, matches.at(-1) === lines.length - 1);
  const move = (by: number) => {
    if (words === '' || seeking.state === 'searching') return;
    const next = nextMatch(lines, matches, found ?? -Infinity, by);
    if (next !== undefined) goTo(next);
    else if (isAllHere) goRound(by);
    else seek(by > 0 ? 'forward' : 'backward');
  };
  const look = (wanted: string) => {
    setWords(wanted);
    seeking.stop();
    onSearch(wanted !== '');
    const [first] = matchesIn(lines, wanted);
    if (first !== undefined) goTo(first);
  };
  const isTyped = useTyped(words, () => {
    // they may have come only now
    if (matches.length > 0 && at < 0) goRound(1);
    if (matches.length === 0 && !isAllHere) seek('forward');
  });
  useEffect(() => {
    if (seeking.state === 'not-found') goRound(seeking.direction === 'forward' ? 1 : -1);
  }, [seeking.state]);
  return { words, matches, at, line: lines[matches[at] ?? -1], isAllHere, isTyped, look, move };
}

/** Whether the words are new; a moment after the last of them they no longer are. */
function useTyped(words: string, settled: () => void): boolean {
  const [known, setKnown] = useState('');
  const latest = useRef(settled);
  latest.current = settled;
  useEffect(() => {
    if (words === known) return;
    const timer = setTimeout(() => {
      setKnown(words);
      if (words !== '') latest.current();
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return words !== known;
}
