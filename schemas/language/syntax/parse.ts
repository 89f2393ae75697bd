import { readYaml } from './read.ts';
import type { SyntaxTree } from './tree.ts';

/** Any text whatever gives a tree, and problems; nothing is thrown. */
export const parseYaml = (text: string): SyntaxTree => readYaml(text).tree;
