import type { FileView } from '../check/view.ts';
import { knowsAllOf } from '../check/view.ts';
import { isHere, onceForAll, soundPathsIn, soundPathsOf, wholeOf } from '../check/whole.ts';
import { hasExpression } from '../expressions/template.ts';
import { FORMATS } from '../grammar/formats.ts';
import type { Located } from '../model.ts';
import { closest } from '../suggest.ts';
import { foldersAbove } from '../values/paths.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';

/** A warning: who has only the code, as a continuous integration does, has no data and still no mistake. */
export const missingDep: Rule = {
  code: 'CRISOL163',
  severity: 'warning',
  title: 'A dep that nobody makes',
  check(view) {
    if (!knowsAllOf(view, 'steps')) return [];
    const paths = soundPathsOf(view);
    const written = writtenInAll(view);
    const here = paths.filter(({ name }) => isHere(view, name)).flatMap(({ reads }) => reads);
    return [...here, ...view.model.sources].flatMap(({ value, range }) => {
      if (!isPlainPath(value) || written.has(value) || isThere(value, view)) return [];
      const meant = closest(value, written.paths);
      const advice = meant ? `did you mean \`${meant}\`?` : 'add it to the `outs` of a step, or correct the path.';
      return [
        {
          range,
          message: `No step makes \`${value}\`, and there is no such file: ${advice}`,
          fixes: meant ? [replacement(range, meant)] : undefined,
        },
      ];
    });
  },
};

const PATTERN = /[*?[\]{}]/;
/** Slashes have become one. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:\//i;

const isPlainPath = (path: string): boolean =>
  FORMATS.path.accepts(path) && !PATTERN.test(path) && !hasExpression(path) && !ADDRESS.test(path);

const writtenInAll = onceForAll((whole) => writtenBy(soundPathsIn(whole).flatMap(({ writes }) => writes)));

interface Written {
  paths: readonly string[];
  has(path: string): boolean;
}

function writtenBy(writes: readonly Located<string>[]): Written {
  const exact = new Set<string>();
  const folders = new Set<string>();
  const beginnings: string[] = [];
  for (const { value } of writes) {
    // of `build/${{ matrix.x }}.csv` it is known that it begins with `build/`
    const open = value.search(/\$\{\{|[*?[{]/);
    if (open >= 0) beginnings.push(value.slice(0, open));
    else {
      exact.add(value);
      for (const folder of foldersAbove(value)) folders.add(folder);
    }
  }
  return {
    paths: [...exact],
    has: (path) =>
      exact.has(path) ||
      folders.has(path) ||
      foldersAbove(path).some((folder) => exact.has(folder)) ||
      beginnings.some((beginning) => path.startsWith(beginning) || beginning.startsWith(`${path}/`)),
  };
}

/** Unknown counts as there. What DVC keeps is fetched with `dvc pull`: beside it, or beside a folder above, lies a `.dvc`. */
function isThere(path: string, view: FileView): boolean {
  const { facts } = wholeOf(view);
  if (facts.stateOf(path) !== 'missing') return true;
  return [path, ...foldersAbove(path)].some((place) => facts.stateOf(`${place}.dvc`) !== 'missing');
}
