import type { FileContent, WrittenPoint } from './content.ts';

/** What one file gives. */
export interface NamedFile extends Pick<FileContent, 'kind' | 'points'> {
  /** without its ending; from the folder that the step names, if it lies in one */
  place: string;
  /** it lies in a folder that the step names: where it lies there is part of its names */
  inFolder: boolean;
}

/** All that the files of a step give, each number by the name that it is logged by. */
export function namedPoints<Of extends NamedFile>(files: readonly Of[]): { file: Of; point: WrittenPoint }[] {
  const ofKind = (kind: NamedFile['kind']) => named(files.filter((file) => file.kind === kind));
  const series = ofKind('series');
  const ends = new Map<string, number>();
  for (const { point } of series) ends.set(point.name, Math.max(point.step, ends.get(point.name) ?? point.step));
  // a number that is the end of a series stands at its end
  const numbers = ofKind('numbers').map(({ file, point }) => {
    return { file, point: { ...point, step: ends.get(point.name) ?? point.step } };
  });
  return [...series, ...numbers];
}

/** Where several files give the same name, it is told apart by where they lie. */
function named<Of extends NamedFile>(files: readonly Of[]): { file: Of; point: WrittenPoint }[] {
  const givers = new Map<string, Set<Of>>();
  for (const file of files) {
    for (const { name } of file.points) givers.set(name, (givers.get(name) ?? new Set()).add(file));
  }
  const shared = new Map([...givers].map(([name, all]) => [name, sharedFolder([...all].map(({ place }) => place))]));
  return files.flatMap((file) =>
    file.points.map((point) => ({
      file,
      point: { ...point, name: metricName(nameIn(file, point.name, givers, shared)) },
    })),
  );
}

function nameIn<Of extends NamedFile>(
  { place, inFolder }: Of,
  name: string,
  givers: ReadonlyMap<string, ReadonlySet<Of>>,
  shared: ReadonlyMap<string, string>,
): string {
  if (inFolder) return [...foldersOf(place), name].join('/');
  if ((givers.get(name)?.size ?? 0) < 2) return name;
  const apart = place.slice(shared.get(name)?.length ?? 0);
  return apart.endsWith(`/${name}`) ? apart : `${apart}/${name}`;
}

const foldersOf = (place: string): string[] => place.split('/').slice(0, -1);

/** `logs/` of `logs/train` and `logs/eval`; nothing when they have none. */
function sharedFolder(places: readonly string[]): string {
  const [first = [], ...others] = places.map(foldersOf);
  const end = first.findIndex((folder, at) => others.some((other) => other[at] !== folder));
  const common = end === -1 ? first : first.slice(0, end);
  return common.map((folder) => `${folder}/`).join('');
}

const LONGEST_NAME = 250;

/** Each sign that MLflow's clients would refuse in a name becomes a low line. */
function metricName(name: string): string {
  const parts = name.replaceAll(/[^/\p{L}\p{N}_.\- :]/gu, '_').split('/');
  const sound = parts
    .filter((part) => part !== '')
    .map((part) => part.replace(/^\.+/, (dots) => '_'.repeat(dots.length)));
  return [...sound.join('/')].slice(0, LONGEST_NAME).join('') || 'value';
}
