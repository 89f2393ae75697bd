import type { Leaf } from './leaves.ts';

const OPENING = new Set<Leaf['type']>(['flow-map-start', 'flow-seq-start']);
const CLOSING = new Set<Leaf['type']>(['flow-map-end', 'flow-seq-end']);
const PLAIN = new Set<Leaf['type']>(['scalar', 'single-quoted-scalar', 'double-quoted-scalar']);

/** How much room there is between two words of a line. */
export class Spacing {
  /** of each open bracket whether a space follows it; null where a line ends there */
  private readonly padded: (boolean | null)[] = [];

  /** What is put where no space stands. */
  before(leaf: Leaf, previous: Leaf | undefined, next: Leaf | undefined): string {
    if (OPENING.has(leaf.type)) this.padded.push(next?.type === 'newline' ? null : next?.type === 'space');
    if (previous?.type === 'comma' && !isGap(leaf) && !CLOSING.has(leaf.type)) return ' ';
    if (!CLOSING.has(leaf.type)) return '';
    const isPadded = this.padded.pop();
    return isPadded && previous && !isGap(previous) && !OPENING.has(previous.type) ? ' ' : '';
  }

  /** What of a leaf is written: of spaces one, or none. */
  of(leaf: Leaf, previous: Leaf | undefined, next: Leaf | undefined): string {
    if (leaf.type === 'comment') return leaf.source.trimEnd();
    if (leaf.type !== 'space') return leaf.source;
    if (!next || next.type === 'newline' || next.type === 'comma') return '';
    // comments below each other stay so
    if (next.type === 'comment') return leaf.source;
    if (next.type === 'map-value-ind') return previous && PLAIN.has(previous.type) ? '' : ' ';
    if (!CLOSING.has(next.type)) return ' ';
    const isPadded = this.padded.at(-1) ?? false;
    return isPadded && previous && !OPENING.has(previous.type) ? ' ' : '';
  }
}

const isGap = ({ type }: Leaf) => type === 'space' || type === 'newline';
