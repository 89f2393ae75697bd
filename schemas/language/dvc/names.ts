import type { Span } from '../positions.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { normalPath } from '../values/paths.ts';
import type { DvcDocument } from './file.ts';
import { DEFAULT_PARAMS, namePath } from './scope.ts';

/** A place of a dvc.yaml where a stage names a value. */
export interface DvcUse {
  /** `train.lr` */
  name: string;
  span: Span;
  /** the key of the stage */
  stage: string;
}

/** Each `${…}` in a stage, and each item of its `params` that a file has. */
export function dvcUses({ root, text }: DvcDocument, paramsFile = DEFAULT_PARAMS): DvcUse[] {
  const stages = findEntry(root, 'stages')?.value;
  const own = stages?.kind === 'map' ? stages.entries.filter(({ inherited, damaged }) => !inherited && !damaged) : [];
  return own.flatMap((stage) => {
    const settings = [stage.value, findEntry(stage.value, 'do')?.value];
    const listed = settings.flatMap((map) => paramsItems(findEntry(map, 'params'), paramsFile));
    const found = [...templatesIn(stage.value, text, new Set()), ...listed];
    return found.flatMap(({ text: written, span }) => {
      const name = namePath(written)?.join('.');
      return name === undefined ? [] : [{ name, span, stage: stage.key }];
    });
  });
}

/** Whether who names one of them speaks of the other: `train` is all that stands in it. */
export const isAbout = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);

interface Written {
  text: string;
  span: Span;
}

function templatesIn(node: TreeNode, text: string, seen: Set<TreeNode>): Written[] {
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.kind === 'map') return node.entries.flatMap(({ value }) => templatesIn(value, text, seen));
  if (node.kind === 'list') return node.items.flatMap((item) => templatesIn(item, text, seen));
  const [start, end] = node.span;
  return [...text.slice(start, end).matchAll(/(?<!\\)\$\{([^}]*)\}/g)].map(({ 0: whole, 1: name = '', index }) => ({
    text: name,
    span: [start + index, start + index + whole.length],
  }));
}

/** A name is one of params.yaml; those of other files stand below the file. */
function paramsItems(params: Entry | undefined, paramsFile: string): Written[] {
  const items = params?.value.kind === 'list' ? params.value.items : [];
  return items.flatMap((item) => {
    if (item.kind === 'scalar') return paramsFile === DEFAULT_PARAMS ? [item] : [];
    const files = item.kind === 'map' ? item.entries.filter(({ key }) => normalPath(key) === paramsFile) : [];
    return files.flatMap(({ value }) => (value.kind === 'list' ? value.items : [value])).filter(isScalar);
  });
}

const isScalar = (node: TreeNode) => node.kind === 'scalar';
