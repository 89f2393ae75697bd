import { formatWhole } from '../../count-text.ts';
import type { StepMatrix } from '../check/step-matrix.ts';
import { matrixOf } from '../check/step-matrix.ts';
import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import type { MatrixSpec } from '../plan/matrix.ts';
import { expandSensible, MOST_COMBINATIONS, sizeOfProduct } from '../plan/matrix.ts';
import { closest } from '../suggest.ts';
import type { Entry } from '../syntax/tree.ts';
import { eachUnlessClean } from './clean.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { MOST_FINDINGS } from './rule.ts';

export const matrixExpansion: Rule = {
  code: 'CRISOL143',
  severity: 'error',
  title: 'Matrix that gives no combinations, or too many',
  check: (view) => checkSteps(stepEntries(view), view),
};

const checkSteps = eachUnlessClean((step: Entry, view: FileView) => {
  const matrix = matrixOf(step);
  if (!matrix || matrix === 'none' || matrix.entry.inherited) return [];
  const found = [...emptyParts(matrix, view), ...strayExcludes(matrix, view)];
  return found.length > 0 ? found : combinations(matrix, view);
});

function emptyParts({ axes, include, exclude }: StepMatrix, { lines }: FileView): Finding[] {
  const lists = axes.filter(({ values }) => values?.length === 0);
  const emptyLists = lists.map(({ key, entry }) => ({
    range: lines.range(entry.keySpan),
    message: `\`${key}\` has no values, so nothing would run: give it some, or remove the key.`,
  }));
  const emptyMaps = [include, exclude].flatMap((entry) =>
    itemsOf(entry).flatMap((item) =>
      item.kind === 'map' && item.entries.length === 0
        ? [
            {
              range: lines.range(item.span),
              message: `An empty map says nothing in \`${entry?.key}\`: name a key, or remove it.`,
            },
          ]
        : [],
    ),
  );
  return [...emptyLists, ...emptyMaps];
}

/** What is excluded is told by the keys of the matrix itself, before anything is included. */
function strayExcludes({ axes, exclude }: StepMatrix, { lines }: FileView): Finding[] {
  const keys = new Set(axes.map(({ key }) => key));
  const excluded = itemsOf(exclude).flatMap((item) => (item.kind === 'map' ? item.entries : []));
  const stray = excluded.filter(({ key }) => !keys.has(key)).slice(0, MOST_FINDINGS);
  return stray.map(({ key, keySpan }) => {
    const range = lines.range(keySpan);
    const meant = closest(key, keys);
    const advice = meant ? `did you mean \`${meant}\`?` : 'name one of its lists.';
    const message = `The matrix has no list \`${key}\`, so this excludes nothing: ${advice}`;
    return { range, message, fixes: meant ? [replacement(range, meant)] : undefined };
  });
}

function combinations({ entry, spec }: StepMatrix, { lines }: FileView): Finding[] {
  if (!spec) return [];
  const range = lines.range(entry.keySpan);
  const count = countOf(spec);
  if (count === null) return [];
  if (count === 0) {
    return [
      { range, message: 'This matrix has no combination, so the step would not run: add values, or exclude less.' },
    ];
  }
  if (count <= MOST_COMBINATIONS) return [];
  const number = formatWhole(count);
  return [
    {
      range,
      message: `This matrix has ${number} combinations, more than ${MOST_COMBINATIONS}: leave some values out.`,
    },
  ];
}

/** At least so many, where nothing is excluded and they are too many anyway; null where counting takes too long. */
function countOf(spec: MatrixSpec): number | null {
  const size = sizeOfProduct(spec);
  const { include, exclude } = spec;
  if (exclude.length === 0 && (size > MOST_COMBINATIONS || include.length === 0)) return size;
  return expandSensible(spec)?.length ?? null;
}

const itemsOf = (entry: Entry | undefined) => (entry?.value.kind === 'list' ? entry.value.items : []);
