/** Lines beside each other, each on its way to a node further down. */
export class Lanes {
  /** the node that each leads to; null where none is any more */
  #lanes: (string | null)[] = [];
  /** where a node has just ended: what stands right below would seem to follow from it */
  #ended = -1;

  get count(): number {
    return this.#lanes.length;
  }

  /** All lines to a node become one, which is where it will stand. */
  join(node: string): string[] {
    const own = this.#lanes.flatMap((to, at) => (to === node ? at : []));
    const [first, ...others] = own;
    if (first === undefined || others.length === 0) return [];
    const row = this.#row(first, others, ['┴', '╯']);
    for (const at of others) this.#lanes[at] = null;
    return [row];
  }

  /** The node itself; one that nothing leads to begins a line. */
  place(node: string, label: string): string[] {
    const goingOn = this.#cells(-1);
    const at = this.#of(node);
    const apart = at === this.#ended ? [goingOn] : [];
    return [...apart, `${this.#cells(at)}  ${label}`];
  }

  #cells(node: number): string {
    return this.#lanes
      .map((to, at) => (at === node ? '●' : to === null ? ' ' : '│'))
      .join(' ')
      .trimEnd();
  }

  /** From a node a line to each of those that wait for it. */
  split(node: string, targets: readonly string[]): string[] {
    const at = this.#of(node);
    const [first, ...others] = targets;
    this.#lanes[at] = first ?? null;
    this.#ended = first === undefined ? at : -1;
    const taken = others.map((target) => this.#open(target, at));
    const row = taken.length > 0 ? [this.#row(at, taken, ['┬', '╮'])] : [];
    while (this.#lanes.at(-1) === null) this.#lanes.pop();
    return row;
  }

  #of(node: string): number {
    const own = this.#lanes.indexOf(node);
    return own >= 0 ? own : this.#open(node, -1);
  }

  /** The next free one to the right, so that lines turn one way. */
  #open(target: string, after: number): number {
    const free = this.#lanes.findIndex((to, at) => to === null && at > after);
    const at = free >= 0 ? free : this.#lanes.length;
    this.#lanes[at] = target;
    return at;
  }

  /** A line from one lane to others at its right. What it crosses goes on below it. */
  #row(from: number, others: readonly number[], [between, last]: readonly [string, string]): string {
    const end = Math.max(...others);
    const width =
      Math.max(
        end,
        this.#lanes.findLastIndex((to) => to !== null),
      ) + 1;
    const cells = Array.from({ length: width }, (_, at) => {
      const line = at > from && at < end ? '─' : ' ';
      const gap = at >= from && at < end ? '─' : ' ';
      if (at === from) return `├${gap}`;
      if (at === end) return `${last}${gap}`;
      if (others.includes(at)) return `${between}${gap}`;
      return `${(this.#lanes[at] ?? null) === null ? line : '│'}${gap}`;
    });
    return cells.join('').trimEnd();
  }
}
