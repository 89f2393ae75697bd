import type { CST } from 'yaml';
import { Parser } from 'yaml';

/** A piece of the text that is never cut: a word, a bracket, a run of spaces, a whole block scalar. */
export interface Leaf {
  type: CST.Token['type'];
  source: string;
  /** how far in a line stands that begins with it; of a script what its lines begin with */
  level: number;
  /** between brackets */
  flow: boolean;
  /** of a script: how far in its lines stand now; null where that is for itself to say */
  inner?: number | null;
  /** of a script: the empty lines at its end belong to it */
  keeps?: boolean;
}

/** How much further in a child stands. */
export const STEP = 2;

/** The text leaf by leaf, in its order, each with how far in it belongs. */
export function leavesOf(text: string): Leaf[] {
  const walk = new Walk();
  for (const token of new Parser().parse(text)) walk.token(token, 0);
  return walk.leaves;
}

interface Item {
  start: CST.SourceToken[];
  key?: CST.Token | null;
  sep?: CST.SourceToken[];
  value?: CST.Token;
}

class Walk {
  readonly leaves: Leaf[] = [];
  private lineLevel = 0;
  private atLineStart = true;
  private depth = 0;
  private leastInside = 0;

  token(token: CST.Token, level: number): void {
    switch (token.type) {
      case 'document':
        this.all(token.start, level);
        if (token.value) this.token(token.value, level);
        this.all(token.end, level);
        break;
      case 'block-map':
        for (const item of token.items) this.item(item, level);
        break;
      case 'block-seq':
        for (const item of token.items) this.item(item, level);
        break;
      case 'flow-collection':
        this.collection(token, level);
        break;
      case 'block-scalar':
        this.script(token, level);
        break;
      default:
        this.leaf(token, level);
        if ('end' in token) this.all(token.end, level);
    }
  }

  private item({ start, key, sep, value }: Item, level: number): void {
    this.all(start, level);
    if (key) this.token(key, level);
    this.all(sep, level);
    if (value) this.token(value, level + STEP);
  }

  /**
   * What stands between brackets is one step further in than the line in which they open. YAML wants the closing one further
   * in than the key, too.
   */
  private collection({ start, items, end, indent }: CST.FlowCollection, level: number): void {
    this.leaf(start, level);
    const opened = this.lineLevel;
    if (this.depth++ === 0) this.leastInside = indent > 0 || level > 0 ? opened + STEP : 0;
    for (const { start: before, key, sep, value } of items) {
      this.all(before, opened + STEP);
      if (key) this.token(key, opened + STEP);
      this.all(sep, opened + STEP);
      if (value) this.token(value, opened + STEP);
    }
    this.depth--;
    this.all(end, Math.max(opened, this.leastInside));
  }

  private script({ props, source, indent }: CST.BlockScalar, level: number): void {
    for (const prop of props) this.token(prop, level);
    const header = props.find(({ type }) => type === 'block-scalar-header');
    const said = header && 'source' in header ? header.source : '';
    const saysItself = /\d/.test(said);
    const first = /^( *)[^ \r\n]/m.exec(source)?.[1]?.length;
    // with a number in its header, its lines move as those around it do; at the top they stay
    const inner = indent < 0 ? null : saysItself ? indent : (first ?? null);
    const keeps = said.includes('+');
    const shown = saysItself ? level - STEP : level;
    this.push({ type: 'block-scalar', source, level: shown, flow: false, inner, keeps });
    this.atLineStart = true;
  }

  private all(tokens: readonly CST.SourceToken[] | undefined, level: number): void {
    for (const token of tokens ?? []) this.leaf(token, level);
  }

  private leaf(token: CST.Token, level: number): void {
    const source = 'source' in token ? token.source : '';
    const { type } = token;
    if (type === 'newline') this.atLineStart = true;
    else if (type !== 'space' && this.atLineStart) {
      this.atLineStart = false;
      this.lineLevel = level;
    }
    this.push({ type, source, level: this.isFolded(source, type) ? this.lineLevel + STEP : level });
  }

  /** A text over several lines: those after the first stand further in than the one in which it begins. */
  private isFolded(source: string, type: Leaf['type']): boolean {
    return type !== 'newline' && source.includes('\n');
  }

  private push(leaf: Omit<Leaf, 'flow'> & { flow?: boolean }): void {
    this.leaves.push({ ...leaf, flow: leaf.flow ?? this.depth > 0 });
  }
}
