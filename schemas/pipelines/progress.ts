import { plainOutput } from '../plain-output.ts';

/** How far a step is, as its own output says. */
export interface Progress {
  /** from 0 to 1 */
  fraction: number;
  /** such as `epoch 3/10, 45 %, 0:05 left` */
  text: string;
}

interface Bar {
  done: number;
  total: number;
  left?: string;
}

interface Round extends Bar {
  word: string;
  /** it is told as it begins, not when it is over */
  isBegun: boolean;
}

/** A bar below another one, after which the cursor goes up again: the other tells of the whole. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
const INNER_BAR = /\n\r?[^\r\n]*(?:\x1b\[A)+/g;

/** Farther up, it is about something that is over. */
const LINES = 12;

const BAR = '[━╸╺─╌]{3,}';
const TIME = String.raw`\d+:\d\d(?::\d\d)?|\d+m?s`;

/** Each with what was done and of how much, and perhaps the time that is left. */
const BARS: RegExp[] = [
  // tqdm: ` 45%|████▌     | 45/100 [00:04<00:05,  9.98it/s]`
  /(?<percent>\d{1,3})%\|[^|]*\|[^[]*\[[^<\]]*<(?<left>[\d:]+)/,
  /(?<percent>\d{1,3})%\|[^|]*\|/,
  // Keras: `45/100 ━━━━━━━━━━ 2s 35ms/step`, and before its third version `45/100 [====>.....] - ETA: 2s`
  new RegExp(String.raw`^\s*(?<done>\d+)/(?<total>\d+)\s+(?:${BAR}|\[[=>.]{3,}\])(?:[^:]*ETA:\s*(?<left>${TIME}))?`),
  // pip: `━━━━━━━━━━ 1.2/3.4 MB 5.6 MB/s eta 0:00:01`
  new RegExp(String.raw`${BAR}\s+(?<done>[\d.]+)/(?<total>[\d.]+)(?:.*\beta\s+(?<left>${TIME}))?`),
  // rich: `Working... ━━━━━━╸━━━━━  45% 0:00:05`
  new RegExp(String.raw`${BAR}\s+(?<percent>\d{1,3})%(?:\s+(?<left>${TIME}))?`),
  // click: `[####----]  45%  00:00:05`
  new RegExp(String.raw`\[[#=>.\s-]{3,}\]\s*(?<percent>\d{1,3})%(?:\s+(?<left>${TIME}))?`),
  // wget: ` 45%[====>   ]`
  /(?<percent>\d{1,3})%\s?\[[=>#+\s.-]{3,}\]/,
  // as PyTorch's examples print it: `[640/60000 (1%)]`
  /\[(?<done>\d+)\/(?<total>\d+) \(\d+%\)\]/,
  /\bprogress\b[^%\d]{0,20}(?<percent>\d{1,3}(?:\.\d+)?)\s?%/i,
  /(?<percent>\d{1,3}(?:\.\d+)?)\s?% (?:done|complete)/i,
];

/** `Epoch 3/10`, `Epoch [3/10], loss 0.2`, `Fold 2 of 5` */
const ROUND =
  /\b(?<word>epoch|fold|step|iteration|iter|batch|round|trial)\b:?\s*#?\[?(?<done>\d+)\s?(?:\/|of\s)\s?(?<total>\d+)\]?(?<rest>.*)/i;

/** Of the end of an output what it says of how far it is; null: nothing. */
export function progressIn(tail: string): Progress | null {
  const lines = tail
    .replace(INNER_BAR, '')
    .split(/[\r\n]+/)
    .map(plainOutput)
    .filter((line) => line.trim() !== '')
    .slice(-LINES)
    .reverse();
  const at = lines.findIndex((line) => barIn(line) ?? roundIn(line));
  const newest = lines[at] ?? '';
  const bar = barIn(newest);
  const round = roundIn(newest) ?? roundBefore(lines.slice(at + 1), bar);
  if (!bar) return round ? ofRound(round) : null;
  return round ? within(round, bar) : { fraction: bar.done / bar.total, text: words(bar) };
}

/** A bar within a round that was told as it began; a bar that is told first is that of all rounds. */
function roundBefore(earlier: readonly string[], bar: Bar | undefined): Round | undefined {
  if (!bar) return undefined;
  const round = earlier.map(roundIn).find((one) => one !== undefined);
  return round?.isBegun ? round : undefined;
}

function ofRound(round: Round): Progress {
  const done = round.isBegun ? round.done - 1 : round.done;
  return { fraction: done / round.total, text: nameOf(round) };
}

function within(round: Round, bar: Bar): Progress {
  const fraction = (round.done - 1 + bar.done / bar.total) / round.total;
  return { fraction, text: `${nameOf(round)}, ${words(bar)}` };
}

const nameOf = ({ word, done, total }: Round): string => `${word} ${done}/${total}`;

function words({ done, total, left }: Bar): string {
  const percent = `${Math.floor((done / total) * 100)} %`;
  return left === undefined || done === total ? percent : `${percent}, ${left} left`;
}

function barIn(line: string): Bar | undefined {
  for (const pattern of BARS) {
    const groups = pattern.exec(line)?.groups;
    if (!groups) continue;
    const { percent, done = percent, total = '100', left } = groups;
    const bar = { done: Number(done), total: Number(total), ...(left && { left: shortTime(left) }) };
    if (isPart(bar)) return bar;
  }
  return undefined;
}

function roundIn(line: string): Round | undefined {
  const groups = ROUND.exec(line)?.groups;
  if (!groups) return undefined;
  const { word = '', done, total, rest = '' } = groups;
  const round = { word: word.toLowerCase(), done: Number(done), total: Number(total), isBegun: !/\w/.test(rest) };
  return isPart(round) && round.done > 0 ? round : undefined;
}

const isPart = ({ done, total }: Bar): boolean => total > 0 && done >= 0 && done <= total;

/** `00:05` → `0:05`, `0:00:05` → `0:05` */
const shortTime = (time: string): string => (time.includes(':') ? time.replace(/^(?:0+:(?=\d+:))?0(?=\d)/, '') : time);
