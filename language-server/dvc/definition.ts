import type { Location } from 'vscode-languageserver';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { dvcPlaceAt, nameOfPlace } from '../../schemas/language/dvc/file.ts';
import { namePath } from '../../schemas/language/dvc/scope.ts';
import { writtenBy } from '../../schemas/language/dvc/step.ts';
import type { Position } from '../../schemas/language/positions.ts';
import { indexLines } from '../../schemas/language/positions.ts';
import { parseYaml } from '../../schemas/language/syntax/parse.ts';
import type { Entry, TreeNode } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import { foldersAbove, normalPath } from '../../schemas/language/values/paths.ts';
import { fileIn, folderOf } from '../projects/addresses.ts';

/** The texts of files beside dvc.yaml. */
type Read = (path: string) => string | undefined;

/** Where a param, a variable or the maker of a dep stands. */
export function dvcDefinition(file: DvcDocument, uri: string, position: Position, read: Read): Location[] {
  const place = dvcPlaceAt(file, file.lines.offset(position));
  if (!place) return [];
  const named = nameOfPlace(place);
  if (named) return definitionOfName(named.text, file, uri, read);
  const { path, node } = place;
  if (path.at(-1)?.key !== 'deps' || node.kind !== 'scalar') return [];
  const stage = file.stages.find(({ entry }) => entry.key === path[1]?.key);
  const dep = normalPath(stage && stage.wdir !== '.' ? `${stage.wdir}/${node.text}` : node.text);
  const makers = file.stages.filter((stage) =>
    writtenBy(stage).some((out) => [dep, ...foldersAbove(dep)].includes(out)),
  );
  return [...new Set(makers.map(({ entry }) => entry))].map((entry) => ({
    uri,
    range: file.lines.range(entry.keySpan),
  }));
}

interface Match {
  /** as much of the name as there are keys of: an item of a list has none */
  depth: number;
  location: Location;
}

/** Of all places the one that has most of the name; in dvc.yaml itself before the files that it names. */
function definitionOfName(name: string, { root, lines, scope }: DvcDocument, uri: string, read: Read): Location[] {
  const keys = (namePath(name) ?? []).map(String);
  const vars = findEntry(root, 'vars')?.value;
  const maps = vars?.kind === 'list' ? vars.items : [];
  const inside = maps.flatMap((map) => matchIn(map, keys, (entry) => ({ uri, range: lines.range(entry.keySpan) })));
  const beside = scope.paramsFiles.flatMap((path) => {
    const text = read(path);
    if (text === undefined) return [];
    const address = fileIn(folderOf(uri), path);
    const found = (entry: Entry) => ({ uri: address, range: indexLines(text).range(entry.keySpan) });
    return matchIn(parseYaml(text).root, keys, found);
  });
  const [best] = [...inside, ...beside].toSorted((one, other) => other.depth - one.depth);
  return best ? [best.location] : [];
}

function matchIn(root: TreeNode | null, keys: readonly string[], locate: (entry: Entry) => Location): Match[] {
  let found: Entry | undefined;
  let depth = 0;
  for (let node = root; depth < keys.length; depth++) {
    const entry = findEntry(node, keys[depth] ?? '');
    if (!entry) break;
    [node, found] = [entry.value, entry];
  }
  return found ? [{ depth, location: locate(found) }] : [];
}
