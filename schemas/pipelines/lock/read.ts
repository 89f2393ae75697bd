import { parseYaml } from '../../language/syntax/parse.ts';
import { toJson } from '../../language/syntax/to-json.ts';
import type { LockEntry } from './entry.ts';
import { fromJson } from './entry.ts';
import { LOCK_HEAD, LOCK_VERSION, printEntry } from './print.ts';

/**
 * crisol.lock as text that is cut at its steps: those that nobody asks for are not read, and what stands in the others stays to
 * the letter when one is written.
 */
export interface Lock {
  /** why it must not be written, and what to do; null when it may be */
  problem: string | null;
  /** what it says of a step: nothing, or in a conflict each side's word */
  find(step: string): LockEntry[];
  /** whether it says this to the letter */
  says(step: string, entry: LockEntry): boolean;
  /** steps that stand in it in words that cannot be read */
  damaged(): string[];
  /** with these steps as they are now, and without those that there are not */
  printed(entries: ReadonlyMap<string, LockEntry>, isStep?: (name: string) => boolean): string;
}

export function readLock(text: string): Lock {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const conflict = lines.findIndex((line) => OURS.test(line));
  const sides = (conflict < 0 ? [lines] : [sideOf(lines, 'ours'), sideOf(lines, 'theirs')]).map(cut);
  const [first] = sides;
  const problem = conflict < 0 ? (first?.problem ?? null) : inConflict(conflict + 1);
  return {
    problem,
    find: (step) => sides.flatMap((side) => entryIn(side, step) ?? []),
    says: (step, entry) => sides.every(({ blocks }) => blocks.get(step) === printEntry(step, entry)),
    damaged: () => sides.flatMap((side) => [...side.blocks.keys()].filter((step) => entryIn(side, step) === null)),
    printed: (entries, isStep = () => true) => (problem === null && first ? print(first, entries, isStep) : text),
  };
}

const OURS = /^<{7}(?: |$)/;
const BASE = /^\|{7}(?: |$)/;
const BETWEEN = /^={7}$/;
const THEIRS = /^>{7}(?: |$)/;

const inConflict = (line: number): string =>
  `crisol.lock holds both sides of a git merge (line ${line}): keep one of them, or delete the file, and run again. ` +
  'Until then both are read, and it is not written.';

function sideOf(lines: readonly string[], wanted: 'ours' | 'theirs'): string[] {
  let side: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  return lines.filter((line) => {
    const next = nextSide(line, side);
    if (next !== undefined) side = next;
    return next === undefined && (side === 'both' || side === wanted);
  });
}

function nextSide(line: string, side: string) {
  if (OURS.test(line)) return 'ours';
  if (side === 'both') return undefined;
  if (BASE.test(line)) return 'base';
  if (BETWEEN.test(line)) return 'theirs';
  return THEIRS.test(line) ? 'both' : undefined;
}

/** One side: the lines of each step, and what stands before and after all of them. */
interface Cut {
  head: string;
  blocks: Map<string, string>;
  tail: string;
  problem: string | null;
}

const STEP = /^ {2}(\S.*):\s*$/;

function cut(lines: readonly string[]): Cut {
  if (lines.every((line) => line.trim() === '')) return { head: LOCK_HEAD, blocks: new Map(), tail: '', problem: null };
  const at = lines.findIndex((line) => /^steps:\s*(?:\{\})?\s*$/.test(line));
  const head = lines.slice(0, at + 1).join('\n');
  const version = /^version:\s*(\d+)\s*$/m.exec(head)?.[1];
  const problem = whyForeign(version === undefined ? undefined : Number(version), at);
  if (problem !== null) return { head, blocks: new Map(), tail: '', problem };
  const behind = lines.slice(at + 1);
  const next = behind.findIndex((line) => /^[^\s#]/.test(line));
  const end = next < 0 ? behind.length : next;
  return {
    head: `${head.replace(/\s*\{\}\s*$/, '')}\n`,
    blocks: blocksIn(behind.slice(0, end)),
    tail: behind.slice(end).join('\n'),
    problem: null,
  };
}

function whyForeign(version: number | undefined, at: number): string | null {
  if (version !== undefined && version > LOCK_VERSION) {
    return 'crisol.lock was written by a newer Crisol: update this one. Until then the file is left as it is.';
  }
  if (version === LOCK_VERSION && at >= 0) return null;
  return 'crisol.lock is not as Crisol writes it: move it away, or delete it, and run again. Until then it is left as it is.';
}

function blocksIn(lines: readonly string[]): Map<string, string> {
  const starts = lines.flatMap((line, at) => (STEP.test(line) ? [at] : []));
  return new Map(
    starts.map((start, n) => {
      const block = lines
        .slice(start, starts[n + 1])
        .join('\n')
        .trimEnd();
      return [nameOf(lines[start] ?? ''), block] as const;
    }),
  );
}

function nameOf(line: string): string {
  const name = STEP.exec(line)?.[1] ?? '';
  const { root } = parseYaml(name);
  return root?.kind === 'scalar' && typeof root.value === 'string' ? root.value : name;
}

/** Undefined when there is none, null when it cannot be read. */
function entryIn({ blocks }: Cut, step: string): LockEntry | null | undefined {
  const block = blocks.get(step);
  if (block === undefined) return undefined;
  const { root, problems } = parseYaml(block);
  if (root?.kind !== 'map' || problems.length > 0) return null;
  return fromJson(root.entries[0] && toJson(root.entries[0].value));
}

function print(
  { head, blocks, tail }: Cut,
  entries: Parameters<Lock['printed']>[0],
  isStep: (name: string) => boolean,
) {
  const printed = new Map(blocks);
  for (const [step, entry] of entries) printed.set(step, printEntry(step, entry));
  const names = [...printed.keys()].filter(isStep).sort();
  const texts = names.map((name) => `\n${printed.get(name)}\n`);
  return head + texts.join('') + (tail === '' ? '' : `\n${tail}`);
}
