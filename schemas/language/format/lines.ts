import type { Leaf } from './leaves.ts';
import { leavesOf, STEP } from './leaves.ts';
import { Spacing } from './spacing.ts';

/** One line of the text as it is to be; lines are never joined or divided. */
export interface Line {
  text: string;
  kind: 'code' | 'comment' | 'blank' | 'content';
  /** how far in it stood */
  old: number;
  level: number;
  /** a script or a long text goes on below it */
  opens: boolean;
}

/** Null where the pieces are not the text: nothing is to be trusted then. */
export function formattedLines(text: string): Line[] | null {
  const leaves = leavesOf(text);
  if (leaves.map(({ source }) => source).join('') !== text) return null;
  const page = new Page();
  const spacing = new Spacing();
  leaves.forEach((leaf, at) => {
    page.add(
      leaf,
      spacing.before(leaf, leaves[at - 1], leaves[at + 1]),
      spacing.of(leaf, leaves[at - 1], leaves[at + 1]),
    );
  });
  page.end();
  settleComments(page.lines);
  return page.lines;
}

class Page {
  readonly lines: Line[] = [];
  private line = blank();

  /** `between` comes before it; `shown` is what of it is written. */
  add(leaf: Leaf, between: string, shown: string): void {
    if (leaf.type === 'newline') this.end();
    else if (leaf.type === 'block-scalar') this.script(leaf);
    else if (leaf.type === 'space' && this.line.kind === 'blank') this.line.old += leaf.source.length;
    else this.write(leaf, between + shown);
  }

  private write(leaf: Leaf, shown: string): void {
    if (leaf.type !== 'byte-order-mark' && this.line.kind === 'blank' && leaf.source !== '') {
      this.line.kind = leaf.type === 'comment' ? 'comment' : 'code';
      this.line.level = leaf.level;
    }
    const [first = '', ...further] = shown.split('\n');
    this.line.text += first;
    for (const part of further) this.goOn(part, leaf.level);
  }

  end(): void {
    this.lines.push(this.line);
    this.line = blank();
  }

  /** The next line of a text between quotes, or of one without: what it begins with says nothing. */
  private goOn(part: string, level: number): void {
    this.line.opens = true;
    this.end();
    const text = part.trimStart();
    this.line = { ...blank(), kind: 'content', text: text.replace(/^\r$/, ''), level: text.trim() === '' ? 0 : level };
  }

  private script({ source, level, inner, keeps }: Leaf): void {
    const above = this.lines.at(-1);
    if (above) above.opens = true;
    const lines = source.split('\n').map((line) => scriptLine(line, level, inner ?? null));
    const filled = lines.findLastIndex(({ text }) => text !== '');
    if (!keeps) for (const line of lines.slice(filled + 1)) line.kind = 'blank';
    const last = lines.pop();
    for (const line of lines) this.lines.push(line);
    if (last && last.text !== '') this.line = last;
  }
}

const blank = (): Line => ({ text: '', kind: 'blank', old: 0, level: 0, opens: false });

/** Spaces beyond those that all lines have belong to the script. */
function scriptLine(line: string, level: number, inner: number | null): Line {
  if (inner === null) return { ...blank(), kind: 'content', text: line };
  const spaces = line.length - line.trimStart().length;
  const text = line.trimEnd() === '' ? line.slice(inner).replace(/\r$/, '') : line.slice(Math.min(inner, spaces));
  return { ...blank(), kind: 'content', text, level: text === '' ? 0 : level };
}

/** A comment stands with what follows it, or with what it followed if it stood further in. */
function settleComments(lines: readonly Line[]): void {
  const above = linesAbove(lines);
  let next: Line | undefined;
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at];
    if (line?.kind === 'code') next = line;
    if (line?.kind !== 'comment') continue;
    const below = next && line.old <= next.old ? next : undefined;
    line.level = below?.level ?? Math.max(next?.level ?? 0, levelAbove(above.get(line), line.old));
  }
}

/** Of each comment the line above that it may belong to: the nearest that does not stand further in. */
function linesAbove(lines: readonly Line[]): Map<Line, Line> {
  const above = new Map<Line, Line>();
  // each further in than the one before: what is above another that stands as far out is out of sight
  const inSight: Line[] = [];
  for (const line of lines) {
    if (line.kind === 'code') {
      while ((inSight.at(-1)?.old ?? -1) >= line.old) inSight.pop();
      inSight.push(line);
    } else if (line.kind === 'comment') {
      const nearest = inSight.findLast(({ old }) => old <= line.old);
      if (nearest) above.set(line, nearest);
    }
  }
  return above;
}

function levelAbove(above: Line | undefined, old: number): number {
  if (!above) return 0;
  // below a script it must not become a part of it
  return above.old === old || above.opens ? above.level : above.level + STEP;
}
