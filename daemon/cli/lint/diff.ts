/** What changed, as `diff -u` writes it and `patch` reads it; nothing when nothing did. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const steps = edits(linesOf(before), linesOf(after));
  const hunks = hunksOf(steps).map(drawHunk);
  const name = path.replaceAll('\\', '/');
  return hunks.length > 0 ? `--- a/${name}\n+++ b/${name}\n${hunks.join('')}` : '';
}

/** One line, and where it stands in both texts. */
interface Step {
  mark: ' ' | '-' | '+';
  line: string;
  old: number;
  new: number;
}

const CONTEXT = 3;
const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/));

/** The shortest way from one text to the other (Myers): as many turns as lines that differ. */
function edits(before: readonly string[], after: readonly string[]): Step[] {
  const turns: Map<number, number>[] = [];
  let reached = new Map<number, number>([[1, 0]]);
  for (let turn = 0; ; turn++) {
    turns.push(reached);
    const next = new Map<number, number>();
    for (let diagonal = -turn; diagonal <= turn; diagonal += 2) {
      let x = startOn(diagonal, turn, reached);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return wayBack(before, after, turns);
    }
    reached = next;
  }
}

/** Going down adds a line, going right removes one: from the neighbour that came further. */
function comesDown(diagonal: number, turn: number, reached: ReadonlyMap<number, number>): boolean {
  const [above = -1, left = -1] = [reached.get(diagonal + 1), reached.get(diagonal - 1)];
  return diagonal === -turn || (diagonal !== turn && left < above);
}

function startOn(diagonal: number, turn: number, reached: ReadonlyMap<number, number>): number {
  const isDown = comesDown(diagonal, turn, reached);
  return isDown ? (reached.get(diagonal + 1) ?? 0) : (reached.get(diagonal - 1) ?? 0) + 1;
}

function wayBack(before: readonly string[], after: readonly string[], turns: readonly Map<number, number>[]): Step[] {
  const steps: Step[] = [];
  let [x, y] = [before.length, after.length];
  const equal = (until: number) => {
    while (x > until) steps.push({ mark: ' ', line: before[--x] ?? '', old: x, new: --y });
  };
  for (const [turn, reached] of [...turns.entries()].slice(1).reverse()) {
    const diagonal = x - y;
    equal(startOn(diagonal, turn, reached));
    if (comesDown(diagonal, turn, reached)) steps.push({ mark: '+', line: after[--y] ?? '', old: x, new: y });
    else steps.push({ mark: '-', line: before[--x] ?? '', old: x, new: y });
  }
  equal(0);
  return steps.reverse();
}

/** Changes with the lines around them; those near to one another together. */
function hunksOf(steps: readonly Step[]): Step[][] {
  const hunks: Step[][] = [];
  let last = -1;
  steps.forEach((step, at) => {
    const around = steps.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1);
    if (around.every(({ mark }) => mark === ' ')) return;
    if (hunks.length === 0 || last < at - 1) hunks.push([]);
    hunks.at(-1)?.push(step);
    last = at;
  });
  return hunks;
}

function drawHunk(steps: readonly Step[]): string {
  const counted = (without: '-' | '+') => steps.filter(({ mark }) => mark !== without).length;
  const [first] = steps;
  const start = (at: number, count: number) => `${count === 0 ? at : at + 1}${count === 1 ? '' : `,${count}`}`;
  const header = `@@ -${start(first?.old ?? 0, counted('+'))} +${start(first?.new ?? 0, counted('-'))} @@\n`;
  return header + steps.map(drawLine).join('');
}

const drawLine = ({ mark, line }: Step): string =>
  line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
