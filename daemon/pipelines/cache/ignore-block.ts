const BEGIN = '# outs of crisol.yaml: these lines are kept by Crisol';
const END = '# end of what Crisol keeps';

/** The patterns that stand in our block of a .gitignore. */
export function patternsIn(text: string): string[] {
  const lines = linesOf(text);
  const { from, to } = placeOf(lines);
  return from < 0 ? [] : lines.slice(from + 1, to).filter((line) => line.startsWith('/'));
}

/** The text with these patterns in our block, which is made at the end, and goes with the last of them. All else stays. */
export function withPatterns(text: string, patterns: readonly string[]): string {
  const lines = linesOf(text);
  const { from, to } = placeOf(lines);
  const block = patterns.length === 0 ? [] : [BEGIN, ...patterns, END];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  if (from < 0) {
    const before = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
    if (block.length === 0) return text;
    return [...before, ...(before.length > 0 && before.at(-1) !== '' ? [''] : []), ...block, ''].join(lineEnd);
  }
  const behind = lines.slice(lines[to] === END ? to + 1 : to);
  const above = block.length === 0 && lines[from - 1] === '' ? from - 1 : from;
  return [...lines.slice(0, above), ...block, ...behind].join(lineEnd);
}

/** Anchored at the folder of the .gitignore; null for what none of its lines can say. */
export function patternOf(path: string): string | null {
  if (/[\n\r\0]/.test(path)) return null;
  const escaped = path.replace(/[\\*?[]/g, '\\$&').replace(/ +$/, (blanks) => blanks.replaceAll(' ', '\\ '));
  return `/${escaped}`;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/\r?\n/));

/** Without its end, the block is as long as its patterns are. */
function placeOf(lines: readonly string[]): { from: number; to: number } {
  const from = lines.indexOf(BEGIN);
  if (from < 0) return { from, to: -1 };
  const end = lines.indexOf(END, from);
  const behind = lines.slice(from + 1).findIndex((line) => !line.startsWith('/'));
  return { from, to: end >= 0 ? end : behind < 0 ? lines.length : from + 1 + behind };
}
