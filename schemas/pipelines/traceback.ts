import { plainOutput } from '../plain-output.ts';

export interface TraceFrame {
  file: string;
  /** from 1 */
  line: number;
  /** the function; missing where a file could not be read at all */
  in?: string;
}

export interface Traceback {
  /** such as `ValueError: y contains 1 class` */
  error: string;
  /** the innermost last */
  frames: TraceFrame[];
}

export interface Failure extends Traceback {
  /** what led to it, the nearest first, and what a group of exceptions holds */
  others: Traceback[];
}

interface Read extends Traceback {
  /** 0: of its own; more: within a group of exceptions */
  level: number;
  /** another one led to it */
  isChained: boolean;
}

const HEADER = /^(?:Exception Group )?Traceback \(most recent call last\):$/;
const FRAME = /^ {2}File "(?<file>.+)", line (?<line>\d+)(?:, in (?<name>.+))?$/;
const ERROR = /^[A-Za-z_][\w.]*(?:: .*)?$/;
/** Without a heading: Python could not even begin. */
const UNREADABLE = /^(?:SyntaxError|IndentationError|TabError)\b/;
const CHAIN =
  /^(?:The above exception was the direct cause of the following exception|During handling of the above exception, another exception occurred):$/;
const GROUP_LINE = /^( *)[|+] (.*)$/;
const GROUP_RULE = /^ *\+(?:-\+)?-{3}/;
/** A program that said so much after it has gone on, and ended otherwise. */
const MOST_AFTER = 20;

/** The exception that ended a Python program, as the end of its output tells it; null: none did. */
export function failureIn(output: string): Failure | null {
  const reader = new TraceReader();
  for (const line of plainOutput(output).split('\n')) reader.read(line);
  const { found, linesAfter } = reader;
  const main = found.findLastIndex(({ level }) => level === 0);
  const failure = found[main];
  if (!failure || linesAfter > MOST_AFTER) return null;
  return { ...bare(failure), others: [...causesOf(found, main), ...found.slice(main + 1)].map(bare) };
}

function causesOf(found: readonly Read[], of: number): Read[] {
  const causes: Read[] = [];
  for (let at = of; found[at]?.isChained && at > 0; at--) {
    const cause = found[at - 1];
    if (cause) causes.push(cause);
  }
  return causes;
}

const bare = ({ error, frames }: Read): Traceback => ({ error, frames });

class TraceReader {
  readonly found: Read[] = [];
  /** since the last one that was found */
  linesAfter = 0;
  private open: Read | undefined;
  private isChained = false;
  private isHeaded = false;

  read(line: string): void {
    const [, indent = '', inGroup] = GROUP_LINE.exec(line) ?? [];
    const level = inGroup === undefined ? 0 : Math.max(0, indent.length / 2 - 1);
    const said = inGroup ?? line;
    if (said.trim() === '' || GROUP_RULE.test(line)) return;
    if (HEADER.test(said)) this.begin(level, true);
    else if (CHAIN.test(said)) this.isChained = true;
    else if (this.open && !said.startsWith('  ')) this.end(said);
    else this.frame(said, level);
  }

  private begin(level: number, isHeaded: boolean): Read {
    this.open = { error: '', frames: [], level, isChained: this.isChained };
    this.isHeaded = isHeaded;
    this.isChained = false;
    return this.open;
  }

  private frame(said: string, level: number): void {
    const { file, line, name } = FRAME.exec(said)?.groups ?? {};
    if (file === undefined) {
      if (!this.open) this.linesAfter++;
      return;
    }
    const frame = { file, line: Number(line), ...(name === undefined ? {} : { in: name }) };
    (this.open ?? this.begin(level, false)).frames.push(frame);
  }

  private end(said: string): void {
    const read = this.open;
    this.open = undefined;
    if (!read || !(this.isHeaded ? ERROR : UNREADABLE).test(said)) return void this.linesAfter++;
    this.found.push({ ...read, error: said });
    this.linesAfter = 0;
  }
}
