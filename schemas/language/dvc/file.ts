import type { Finding } from '../diagnostic.ts';
import { edgesOf, findCycle } from '../plan/graph.ts';
import type { LineIndex, Range, Span } from '../positions.ts';
import { indexLines } from '../positions.ts';
import { readModel } from '../read-model.ts';
import { roundOf } from '../suggest.ts';
import { parseYaml } from '../syntax/parse.ts';
import { toJsonObject } from '../syntax/to-json.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import type { DvcFiles, DvcScope } from './scope.ts';
import { fileScope, writtenOut } from './scope.ts';
import { stagesOf } from './stages.ts';
import type { ConvertedStage } from './step.ts';
import { convertStage, writtenBy } from './step.ts';

/** A stage as DVC runs it, and the key that it stands under. */
export interface PlacedStage extends ConvertedStage {
  entry: Entry;
  scope: DvcScope;
}

/** What there is to know of a dvc.yaml that somebody reads. */
export interface DvcDocument {
  text: string;
  lines: LineIndex;
  root: TreeNode | null;
  scope: DvcScope;
  stages: PlacedStage[];
}

export function readDvcFile(text: string, files: DvcFiles): DvcDocument {
  const { root } = parseYaml(text);
  const lines = indexLines(text);
  const dvc = root?.kind === 'map' ? toJsonObject(root) : {};
  const scope = writtenOut(fileScope(dvc, files));
  const section = findEntry(root, 'stages')?.value;
  const stages = stagesOf(dvc, scope, files).flatMap((stage) => {
    const entry = findEntry(section, stage.template);
    if (!entry || entry.damaged) return [];
    return [{ ...convertStage(stage), entry, scope: stage.scope }];
  });
  return { text, lines, root, scope, stages };
}

/** What DVC would refuse: circles, and an out of two stages. Nothing is said where a name is not known. */
export function dvcFindings(file: DvcDocument): Finding[] {
  const sure = file.stages.filter((stage) => !stage.scope.isGuess);
  return [...sharedOuts(sure, file), ...circle(sure, file)];
}

function sharedOuts(stages: readonly PlacedStage[], { lines }: DvcDocument): Finding[] {
  const writers = new Map<string, PlacedStage>();
  return stages.flatMap((stage) =>
    writtenBy(stage).flatMap((path): Finding[] => {
      const first = writers.get(path);
      if (!first) writers.set(path, stage);
      if (!first || first === stage) return [];
      const message = `\`${path}\` is an out of \`${first.dvcName}\`, too: DVC takes each out from one stage only.`;
      const related = [{ range: lines.range(first.entry.keySpan), message: `The other: ${first.dvcName}` }];
      return [{ range: lines.range(stage.entry.keySpan), message, related }];
    }),
  );
}

function circle(stages: readonly PlacedStage[], { lines }: DvcDocument): Finding[] {
  const at = ({ entry }: PlacedStage) => lines.range(entry.keySpan);
  const located = (paths: readonly string[], range: Range) => paths.map((value) => ({ value, range }));
  const paths = stages.map((stage) => ({
    name: stage.dvcName,
    reads: located(stage.deps, at(stage)),
    writes: located(writtenBy(stage), at(stage)),
    clashes: [],
  }));
  const cycle = findCycle(
    paths.map(({ name }) => name),
    edgesOf(readModel(null, lines), paths),
  );
  const [first] = cycle ?? [];
  if (!cycle || !first) return [];
  const names = roundOf(cycle.map(({ from }) => from));
  const related = cycle.map(({ range, from, because }) => ({ range, message: `${from} ${because}` }));
  return [
    { range: first.range, message: `These stages wait for each other: ${names}. DVC runs none of them.`, related },
  ];
}

/** The keys on the way to a place, and what stands there. */
export interface DvcPlace {
  path: Entry[];
  node: TreeNode;
  /** the name between `${` and `}` that the place is in */
  name: { text: string; span: Span } | null;
}

export function dvcPlaceAt({ root, text }: DvcDocument, offset: number): DvcPlace | null {
  if (!root) return null;
  const path: Entry[] = [];
  let node = root;
  for (let inner = childAt(node, offset); inner; inner = childAt(node, offset)) {
    if ('key' in inner) path.push(inner);
    node = 'key' in inner ? inner.value : inner;
    if ('key' in inner && offset <= inner.keySpan[1]) break;
  }
  return { path, node, name: nameAt(text, offset) };
}

/** A name in `${…}`, or an item of a stage's `params`. */
export function nameOfPlace({ path, node, name }: DvcPlace): { text: string; span: Span } | null {
  const isParam = path[0]?.key === 'stages' && path.at(-1)?.key === 'params';
  if (name || !isParam || node.kind !== 'scalar' || typeof node.value !== 'string') return name;
  return { text: node.value, span: node.span };
}

const holds = ([start, end]: Span, offset: number) => start <= offset && offset <= end;

function childAt(node: TreeNode, offset: number): Entry | TreeNode | undefined {
  if (node.kind === 'map') return node.entries.find((entry) => !entry.inherited && holds(entry.span, offset));
  return node.kind === 'list' ? node.items.find((item) => holds(item.span, offset)) : undefined;
}

function nameAt(text: string, offset: number): DvcPlace['name'] {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(from, text.indexOf('\n', offset) < 0 ? undefined : text.indexOf('\n', offset));
  for (const match of line.matchAll(/\$\{([^}]*)\}/g)) {
    const span: Span = [from + match.index, from + match.index + match[0].length];
    if (holds(span, offset)) return { text: (match[1] ?? '').trim(), span };
  }
  return null;
}
