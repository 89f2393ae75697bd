import { appendFileSync, openSync, readFileSync, statSync } from 'node:fs';
import type { StepExit } from '../port.ts';

/**
 * What is known of a step on the disk: a line before it is started (by whom), one when it runs (as which process), one when
 * nothing of it lives any more (how it ended). Whoever is killed in between, the next reader knows how far it came.
 */
export interface Journal {
  instance: string;
  pid?: number;
  /** tells the process from one that got its number later; missing where the system does not tell */
  born?: string;
  exit?: StepExit;
  /** so many bytes of its output are given up, from the beginning */
  logFrom?: number;
}

/** Far more than any has. */
const MOST_BYTES = 65_536;

/** For whoever begins a step; undefined: it was begun before. One without a whole line was not. */
export function openJournal(file: string): number | undefined {
  try {
    return openSync(file, 'ax', 0o600);
  } catch (failure) {
    if (!(failure instanceof Error && 'code' in failure && failure.code === 'EEXIST')) throw failure;
    return readJournal(file) ? undefined : openSync(file, 'a', 0o600);
  }
}

/** Begins with a new line: the one before may have broken off on a full disk. */
export function note(file: string | number, entry: Partial<Journal>): void {
  appendFileSync(file, `\n${JSON.stringify(entry)}\n`, { mode: 0o600 });
}

/** Undefined: whatever was asked for, nothing was begun. Only whole lines count. */
export function readJournal(file: string): Journal | undefined {
  const lines = linesOf(file);
  const whole = lines.slice(0, -1).map(parsed);
  const journal: Partial<Journal> = Object.assign({}, ...whole);
  return isJournal(journal) ? journal : undefined;
}

function linesOf(file: string): string[] {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() && found.size <= MOST_BYTES ? readFileSync(file, 'utf8').split('\n') : [];
  } catch {
    return [];
  }
}

function parsed(line: string): object {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}

function isJournal(entry: Partial<Journal>): entry is Journal {
  const { instance, pid, born, exit, logFrom = 0 } = entry;
  const isText = typeof instance === 'string' && /^[0-9a-f]{32}$/.test(instance);
  const isNumber = pid === undefined || (Number.isInteger(pid) && pid > 1);
  return (
    isText &&
    isNumber &&
    Number.isInteger(logFrom) &&
    logFrom >= 0 &&
    ['undefined', 'string'].includes(typeof born) &&
    isExit(exit)
  );
}

function isExit(exit: unknown): boolean {
  const { code, how } = Object(exit);
  return exit === undefined || ((code === null || Number.isInteger(code)) && typeof how === 'string');
}
