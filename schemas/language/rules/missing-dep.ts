import { byBlock } from '../blocks.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf } from '../check/view.ts';
import { isHere, onceForAll, soundPathsOf, wholeOf } from '../check/whole.ts';
import { writersOf } from '../check/writers.ts';
import { hasExpression } from '../expressions/template.ts';
import { isBuiltInStep } from '../grammar/built-in-steps.ts';
import { FORMATS } from '../grammar/formats.ts';
import type { Located, StepModel } from '../model.ts';
import type { StepPaths } from '../plan/written-paths.ts';
import type { Range } from '../positions.ts';
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
    if (!knowsAllOf(view, 'steps') || mayWriteAnything(view)) return [];
    const written = writtenInAll(view);
    const isMissing = ({ value, range }: Located<string>) =>
      !written.has(value) && isPlainPath(value) && !isThere(value, view) && !isToldAlready(range, view);
    const read = soundPathsOf(view).flatMap(({ name, reads }) => (reads.length > 0 && isHere(view, name) ? reads : []));
    return [...read, ...view.model.sources].filter(isMissing).map(({ value, range }) => {
      const meant = closest(value, written.paths());
      const advice = meant ? `did you mean \`${meant}\`?` : 'add it to the `outs` of a step, or correct the path.';
      return {
        range,
        message: `No step makes \`${value}\`, and there is no such file: ${advice}`,
        fixes: meant ? [replacement(range, meant)] : undefined,
      };
    });
  },
};

/** Nobody knows what a misspelt built-in step writes. */
const mayWriteAnything = onceForAll(({ model }) => misspeltIn(model.steps).length > 0);

const misspeltIn = byBlock((steps: readonly StepModel[]) =>
  steps.filter(({ uses }) => uses !== null && !isBuiltInStep(uses.value)),
);

/** That it leads out of the folder, or has backslashes: corrected, it is another path. */
function isToldAlready({ start, end }: Range, { text, lines, mismatches }: FileView): boolean {
  const [from, to] = [lines.offset(start), lines.offset(end)];
  const isWrong = mismatches.some((one) => one.kind === 'bad-format' && one.node.span[0] === from);
  return isWrong || text.slice(from, to).includes('\\');
}

const PATTERN = /[*?[\]{}]/;
/** Slashes have become one. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:\//i;

const isPlainPath = (path: string): boolean =>
  FORMATS.path.accepts(path) && !PATTERN.test(path) && !hasExpression(path) && !ADDRESS.test(path);

interface Written {
  has(path: string): boolean;
  paths(): string[];
}

const writtenInAll = onceForAll((whole): Written => {
  const { first, folders } = writersOf(whole);
  // of `build/${{ matrix.x }}.csv` it is known that it begins with `build/`
  const beginnings = openIn(soundPathsOf(whole)).map((path) => path.slice(0, path.search(OPEN)));
  return {
    has: (path) =>
      first.has(path) ||
      folders.has(path) ||
      foldersAbove(path).some((folder) => first.has(folder)) ||
      beginnings.some((beginning) => path.startsWith(beginning) || beginning.startsWith(`${path}/`)),
    paths: () => [...first.keys()].filter((path) => !isOpen(path)),
  };
});

const openIn = byBlock((steps: readonly StepPaths[]) =>
  steps.flatMap(({ writes }) => writes.map(({ value }) => value).filter(isOpen)),
);

const OPEN = /\$\{\{|[*?[{]/;
const isOpen = (path: string): boolean => OPEN.test(path);

/** Unknown counts as there. What DVC keeps is fetched with `dvc pull`: beside it, or beside a folder above, lies a `.dvc`. */
function isThere(path: string, view: FileView): boolean {
  const { facts } = wholeOf(view);
  if (facts.stateOf(path) !== 'missing') return true;
  const places = [path, ...foldersAbove(path)].filter((place) => place !== '.');
  return places.some((place) => facts.stateOf(`${place}.dvc`) !== 'missing');
}
