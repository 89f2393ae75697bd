import type { FormatName } from '../grammar/formats.ts';
import type { Shape } from '../grammar/shape.ts';
import type { Entry, MapNode, ScalarNode, TreeNode } from '../syntax/tree.ts';

/** Where the file and the grammar part. Facts only: the rules put them into words. */
export type Mismatch =
  /** `meant`: the known key that it probably is, misspelt or (`foreign`) as other tools call it */
  | {
      kind: 'unknown-key';
      entry: Entry;
      map: MapNode;
      known: Record<string, Shape>;
      meant: string | null;
      foreign: boolean;
      owner: Entry | null;
    }
  | { kind: 'missing-key'; keys: string[]; map: TreeNode; shape: Shape; owner: Entry | null }
  | { kind: 'wrong-type'; node: TreeNode; shape: Shape; entry: Entry | null }
  | { kind: 'not-a-choice'; node: ScalarNode; choices: readonly (string | number | boolean)[]; entry: Entry | null }
  | { kind: 'out-of-range'; node: ScalarNode; shape: Shape; entry: Entry | null }
  | { kind: 'bad-format'; node: ScalarNode; format: FormatName; entry: Entry | null }
  | { kind: 'bad-name'; entry: Entry; format: FormatName }
  | { kind: 'later'; node: TreeNode; entry: Entry | null };

/** Which known keys each map has, misspelt. Such a key is told once: what it was meant to be is not missing too. */
export type Misspelt = ReadonlyMap<TreeNode, ReadonlySet<string>>;

export interface Structure {
  mismatches: Mismatch[];
  misspelt: Misspelt;
}
