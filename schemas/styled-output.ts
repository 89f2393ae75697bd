/** How a terminal would show a stretch of text. Colours: one of the theme's sixteen by number, or any as CSS writes it. */
export interface OutputStyle {
  colour?: number | string;
  background?: number | string;
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
}

export interface OutputSpan {
  text: string;
  style: OutputStyle;
}

export interface OutputLine {
  /** which one it is, of an output of which only a part is there */
  id?: number;
  spans: OutputSpan[];
  /** all of it, without its looks */
  text: string;
  /** a phase begins here, and goes on to the line with this index, which is not of it; absent elsewhere */
  foldsTo?: number;
}

const PIECES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
  /\x1b\[([\d;:]*)m|\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-Z\\^-~])|\r|[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]|[^\x00-\x1f\x7f-\x9f]+/g;
const NONE: OutputStyle = {};

/**
 * What a program printed, as it stands in a terminal in the end: with its colours, and of a line that was written again and again, such
 * as a progress bar, what was written last. Phases as GitHub's workflows write them (`::group::`, `##[group]`) can be folded.
 */
export function styledOutput(printed: string): OutputLine[] {
  return withPhases(styledLines(printed).lines);
}

/** A part of an output, without its phases, and the looks that hold where it ends. */
export function styledLines(printed: string, before: OutputStyle = NONE): { lines: OutputLine[]; style: OutputStyle } {
  const lines: OutputLine[] = [];
  let style = before;
  for (const raw of printed.split(/\r*\n/)) {
    const line = readLine(raw, style);
    style = line.style;
    lines.push({ spans: line.spans, text: line.spans.map(({ text }) => text).join('') });
  }
  if (lines.at(-1)?.text === '') lines.pop();
  return { lines, style };
}

/** With the looks that hold from its end on. */
function readLine(raw: string, before: OutputStyle): { spans: OutputSpan[]; style: OutputStyle } {
  let style = before;
  let spans: OutputSpan[] = [];
  let isWrittenAnew = false;
  for (const [piece, looks] of raw.matchAll(PIECES)) {
    if (looks !== undefined) style = styleAfter(style, looks);
    else if (piece === '\r') isWrittenAnew = true;
    else if (piece === '\t' || piece >= ' ') {
      if (isWrittenAnew) spans = [];
      isWrittenAnew = false;
      spans.push({ text: piece === '\t' ? TAB : piece, style });
    }
  }
  return { spans, style };
}

export const TAB = '    ';
const BEGINS = /^(?:::group::|##\[group\])\s*/;
const ENDS = /^(?:::endgroup::|##\[endgroup\])/;

/** Whether what stands there in a line is shown: the marks of phases are not. */
export function isShown(line: string, at: number): boolean {
  return !ENDS.test(line) && at >= (BEGINS.exec(line)?.[0].length ?? 0);
}

/** The marks go, and what stands between them belongs to the first. One that is still open goes on to the end. */
export function withPhases(lines: readonly OutputLine[]): OutputLine[] {
  const kept: OutputLine[] = [];
  const open: OutputLine[] = [];
  const close = (phase: OutputLine | undefined) => {
    if (phase) phase.foldsTo = kept.length;
  };
  for (const line of lines) {
    const [mark] = BEGINS.exec(line.text) ?? [];
    if (ENDS.test(line.text)) close(open.pop());
    else if (mark === undefined) kept.push(line);
    else {
      const text = line.text.slice(mark.length) || 'Phase';
      const phase: OutputLine = { ...line, spans: [{ text, style: { bold: true } }], text };
      kept.push(phase);
      open.push(phase);
    }
  }
  for (const phase of open) close(phase);
  return kept;
}

/** The words of an escape sequence that ends with m, one after the other. */
function styleAfter(before: OutputStyle, words: string): OutputStyle {
  const codes = words.split(/[;:]/).map(Number);
  let style = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = chosenColour(codes.slice(at + 1));
      if (colour !== undefined) style = { ...style, [code === 38 ? 'colour' : 'background']: colour };
      at += used;
    } else style = styleOf(style, code);
  }
  return style;
}

function styleOf(style: OutputStyle, code: number): OutputStyle {
  if (code === 0) return NONE;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return without(style, 'bold', 'dim');
  if (code === 23) return without(style, 'italic');
  if (code === 24) return without(style, 'underline');
  if (code === 39) return without(style, 'colour');
  if (code === 49) return without(style, 'background');
  const place = [30, 40, 90, 100].find((first) => code >= first && code < first + 8);
  if (place === undefined) return style;
  const colour = code - place + (place >= 90 ? 8 : 0);
  return { ...style, [place === 30 || place === 90 ? 'colour' : 'background']: colour };
}

function without(style: OutputStyle, ...keys: (keyof OutputStyle)[]): OutputStyle {
  return Object.fromEntries(Object.entries(style).filter(([key]) => !keys.some((gone) => gone === key)));
}

/** `5;N`, one of 256, or `2;R;G;B`; `used`: how many words that took. */
function chosenColour([kind, ...rest]: readonly number[]): { colour?: number | string; used: number } {
  if (kind === 5) return { colour: ofPalette(rest[0] ?? 0), used: 2 };
  if (kind !== 2) return { used: 0 };
  return { colour: rgb(rest.slice(0, 3)), used: 4 };
}

/** Sixteen of the theme, a cube of 6 × 6 × 6, and 24 greys. */
function ofPalette(index: number): number | string {
  if (index < 16) return Math.max(0, index);
  if (index >= 232) return rgb([0, 0, 0].map(() => 8 + (index - 232) * 10));
  const step = (size: number) => Math.floor((index - 16) / size) % 6;
  return rgb([36, 6, 1].map((size) => (step(size) === 0 ? 0 : 55 + step(size) * 40)));
}

function rgb(parts: readonly number[]): string {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Math.min(255, Math.max(0, Math.round(part) || 0)));
  return `rgb(${red}, ${green}, ${blue})`;
}
