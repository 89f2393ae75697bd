import type { SuppressedCode, Suppression } from '../check/suppressions.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import type { LineIndex, Span } from '../positions.ts';
import type { RuleInfo } from './rule.ts';

/** What comments hold back is settled once all rules have spoken. */
export const suppression: RuleInfo = {
  code: 'CRISOL105',
  severity: 'warning',
  title: 'A suppression without use',
};

/** What is broken stays told: the file cannot be read without it. */
const NEVER_SUPPRESSED = new Set(['CRISOL101', 'CRISOL102', 'CRISOL103', 'CRISOL111', suppression.code]);

export const canBeSuppressed = (code: string): boolean => !NEVER_SUPPRESSED.has(code);

/** Tells of a diagnostic whether a comment holds it back. */
export function heldBackBy(suppressions: readonly Suppression[]): (diagnostic: Diagnostic) => boolean {
  const held = new Set(suppressions.flatMap(({ line, codes }) => codes.map(({ code }) => placed(code, line))));
  return (diagnostic) => canBeSuppressed(diagnostic.code) && placesOf(diagnostic).some((place) => held.has(place));
}

/** What both sides are looked up by: there may be thousands of each. */
const placed = (code: string, line: Suppression['line']): string => `${line} ${code}`;

const placesOf = ({ code, range }: Diagnostic): string[] => [placed(code, 'file'), placed(code, range.start.line)];

interface Told {
  diagnostics: readonly Diagnostic[];
  suppressions: readonly Suppression[];
  /** every code that there is */
  known: readonly string[];
  /** those that the file alone decides; of others nobody knows here whether they are told */
  decided: readonly string[];
  /** a part could not be read, and what is not read is not complained about */
  partial: boolean;
}

export interface SuppressedFile {
  text: string;
  lines: LineIndex;
}

/** The diagnostics that are left, and the suppressions that none needed. */
export function suppressed(told: Told, file: SuppressedFile): Diagnostic[] {
  const { diagnostics, suppressions } = told;
  if (suppressions.length === 0) return [...diagnostics];
  const isHeld = heldBackBy(suppressions);
  const left = diagnostics.filter((diagnostic) => !isHeld(diagnostic));
  const { code, severity } = suppression;
  const places = new Set(diagnostics.flatMap(placesOf));
  const idle = suppressions.flatMap((one) => withoutUse(one, { ...told, places }, file));
  return [...left, ...idle.map((finding) => ({ code, severity, ...finding }))];
}

interface Placed extends Told {
  /** where something is told */
  places: ReadonlySet<string>;
}

type Unsigned = Omit<Diagnostic, 'code' | 'severity'>;

function withoutUse(one: Suppression, told: Placed, file: SuppressedFile): Unsigned[] {
  if (one.codes.length === 0) {
    const message = 'Say which diagnostic this holds back: `# crisol-ignore CRISOL119`.';
    return [{ range: file.lines.range(one.span), message, fixes: [removal(one, null, file)] }];
  }
  return one.codes.flatMap((named) => {
    const problem = problemOf(named, one, told);
    if (!problem) return [];
    return [{ ...problem, range: file.lines.range(named.span), fixes: [removal(one, named, file)] }];
  });
}

function problemOf({ code }: SuppressedCode, one: Suppression, told: Placed) {
  if (!told.known.includes(code)) return { message: `There is no \`${code}\`: correct it, or remove it.` };
  if (!canBeSuppressed(code)) return { message: `\`${code}\` cannot be held back: mend what it tells.` };
  if (told.partial || !told.decided.includes(code) || told.places.has(placed(code, one.line))) return null;
  const place = one.line === 'file' ? 'Nothing in this file' : 'Nothing on that line';
  return { message: `${place} is told as \`${code}\`: remove this.`, unnecessary: true };
}

/** One code, or all of the comment where no other code is left in it. */
function removal({ span, alone, codes }: Suppression, named: SuppressedCode | null, file: SuppressedFile): Fix {
  const title = 'Remove the suppression';
  const at = named ? codes.indexOf(named) : -1;
  const next = codes[at + 1];
  const before = codes[at - 1];
  if (named && (next || before)) {
    const cut: Span = next ? [named.span[0], next.span[0]] : [before?.span[1] ?? named.span[0], named.span[1]];
    return { title, edits: [{ range: file.lines.range(cut), newText: '' }] };
  }
  return {
    title,
    edits: [{ range: file.lines.range(alone ? wholeLine(span, file) : withSpace(span, file)), newText: '' }],
  };
}

function wholeLine([start, end]: Span, { text, lines }: SuppressedFile): Span {
  const line = lines.position(start).line;
  const isLast = line + 1 >= lines.lineCount;
  return [lines.lineSpan(line)[0], isLast ? Math.max(end, text.length) : lines.lineSpan(line + 1)[0]];
}

function withSpace([start, end]: Span, { text, lines }: SuppressedFile): Span {
  const [lineStart, lineEnd] = lines.lineSpan(lines.position(start).line);
  return [lineStart + text.slice(lineStart, start).trimEnd().length, Math.max(end, lineEnd)];
}
