import type { VNode } from 'preact';
import type { OutputLine, OutputSpan, OutputStyle } from '../../../schemas/styled-output.ts';
import { tracePlaces } from '../../../schemas/trace-places.ts';

export interface LineProps {
  line: OutputLine;
  top: number;
  /** undefined where no phase begins */
  isFolded: boolean | undefined;
  isFound: boolean;
  onFold: () => void;
  onOpen: (file: string, line: number) => void;
}

export function Line({ line, top, isFolded, isFound, onFold, onOpen }: LineProps): VNode {
  const phase = isFolded !== undefined;
  return (
    <div class={`log-line${isFound ? ' found' : ''}${phase ? ' phase' : ''}`} style={{ top: `${top}px` }}>
      {phase ? (
        <button type="button" class="log-fold" aria-expanded={!isFolded} onClick={onFold}>
          <span aria-hidden="true">{isFolded ? '▸ ' : '▾ '}</span>
          {line.text}
        </button>
      ) : (
        linked(line, onOpen)
      )}
    </div>
  );
}

/** Places in files lead there; nothing else of the line is cut. */
function linked({ spans, text }: OutputLine, onOpen: LineProps['onOpen']): VNode[] {
  const places = tracePlaces(text).toSorted((one, other) => one.start - other.start);
  const drawn: VNode[] = [];
  let from = 0;
  for (const { start, length, file, line } of places) {
    if (start < from) continue;
    drawn.push(...between(spans, from, start));
    drawn.push(
      <button key={`link-${start}`} type="button" class="link" onClick={() => onOpen(file, line)}>
        {text.slice(start, start + length)}
      </button>,
    );
    from = start + length;
  }
  return [...drawn, ...between(spans, from, text.length)];
}

function between(spans: readonly OutputSpan[], from: number, to: number): VNode[] {
  const drawn: VNode[] = [];
  let at = 0;
  for (const { text, style } of spans) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (part !== '') drawn.push(<Piece key={`${from}-${at}`} text={part} look={style} />);
    at += text.length;
  }
  return drawn;
}

/** Colours that are pale on the background are drawn nearer to that of the text. */
function Piece({ text, look }: { text: string; look: OutputStyle }): VNode {
  const classes = (['bold', 'dim', 'italic', 'underline'] as const)
    .filter((key) => look[key])
    .map((key) => `log-${key}`);
  const colour =
    look.colour === undefined ? undefined : `color-mix(in srgb, ${css(look.colour)} 45%, var(--vscode-foreground))`;
  const background =
    look.background === undefined ? undefined : `color-mix(in srgb, ${css(look.background)} 18%, transparent)`;
  return (
    <span class={classes.join(' ') || undefined} style={{ color: colour, background }}>
      {text}
    </span>
  );
}

/** As VS Code's own themes have them, for one that has none. Black and white are as the text is: one of them cannot be seen. */
const OTHERWISE = ['', '#cd3131', '#0dbc79', '#b5a000', '#2472c8', '#bc3fbc', '#11a8cd', ''];
const NAMES = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];

function css(colour: number | string): string {
  if (typeof colour === 'string') return colour;
  const otherwise = OTHERWISE[colour % 8];
  if (!otherwise) return 'var(--vscode-foreground)';
  return `var(--vscode-terminal-ansi${colour >= 8 ? 'Bright' : ''}${NAMES[colour % 8]}, ${otherwise})`;
}
