import { join } from 'node:path';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import { messageOf } from '../../base/errors.ts';
import { diskOf } from '../../project/index.ts';
import type { FileContent, Wrong } from './content.ts';
import { OTHER } from './content.ts';
import type { FoundFile } from './files.ts';
import { filesAt } from './files.ts';
import type { NamedFile } from './names.ts';
import { namedPoints } from './names.ts';
import { mayHoldSeries, readMetrics, readPlots } from './read.ts';

export interface MetricPoint {
  key: string;
  value: number;
  step: number;
  timestamp: number;
}

/** A run in tracking. */
export interface WrittenTo {
  points(points: readonly MetricPoint[]): Promise<unknown>;
  /** keeps a file with the run; without it, none is kept */
  picture?(path: string, file: string): Promise<unknown>;
}

interface ReadFile extends NamedFile {
  file: FoundFile;
  wrong: readonly Wrong[];
}

/**
 * Logs what a step wrote to its `metrics` and `plots`. Answers the names of the metrics, and what is wrong with the files, in words:
 * no step fails by that. The same file gives the same points each time, so that saying them again changes nothing.
 */
export async function logWritten(
  workspace: string,
  { metrics, plots }: Pick<PlannedStep, 'metrics' | 'plots'>,
  to: WrittenTo,
): Promise<{ names: ReadonlySet<string>; note: string | undefined }> {
  const names = new Set<string>();
  if (metrics.length + plots.length === 0) return { names, note: undefined };
  try {
    const numbers = (await filesAt(workspace, metrics)).map((file) => named(file, read(workspace, file, readMetrics)));
    const drawn = (await filesAt(workspace, plots)).map((file) => {
      return named(file, mayHoldSeries(file.path) ? read(workspace, file, readPlots) : OTHER);
    });
    const all = [...numbers, ...drawn];
    const points = namedPoints(all).map(({ file, point: { name, value, step } }): MetricPoint => {
      return { key: name, value, step, timestamp: file.file.at };
    });
    for (const { key } of points) names.add(key);
    await inBatches(points, to);
    if (to.picture) for (const { file, kind } of drawn) if (kind === 'other') await keep(workspace, file, to);
    return { names, note: noteOf(all) };
  } catch (thrown) {
    return { names, note: `its metrics and plots could not all be read: ${messageOf(thrown)}` };
  }
}

function named(file: FoundFile, content: FileContent): ReadFile {
  const place = file.folder === null ? file.path : file.path.slice(file.folder.length + 1);
  return { file, place: place.replace(/\.[^./]*$/, ''), inFolder: file.folder !== null, ...content };
}

type Reader = (path: string, text: string) => FileContent;

/** What was taken away meanwhile says nothing. */
function read(workspace: string, { path }: FoundFile, reader: Reader): FileContent {
  const answer = diskOf(workspace).read(path);
  if (typeof answer === 'string') return OTHER;
  return 'text' in answer ? reader(path, answer.text) : { ...OTHER, wrong: [{ message: answer.problem }] };
}

const BATCH = 1_000;

async function inBatches(points: readonly MetricPoint[], to: WrittenTo): Promise<void> {
  for (let at = 0; at < points.length; at += BATCH) await to.points(points.slice(at, at + BATCH));
}

/** A link may lead to anything. */
async function keep(workspace: string, { path }: FoundFile, to: WrittenTo): Promise<void> {
  if (diskOf(workspace).stateOf(path) === 'there') await to.picture?.(path, join(workspace, path));
}

const MOST_TOLD = 3;

function noteOf(files: readonly ReadFile[]): string | undefined {
  const told = files.flatMap(({ file: { path }, wrong }) =>
    wrong.map(({ line, message }) => `${path}${line === undefined ? '' : `, line ${line}`}: ${message}`),
  );
  const more = told.length - MOST_TOLD;
  const said = told.slice(0, MOST_TOLD).map((one) => one.replace(/\.$/, ''));
  return told.length === 0 ? undefined : [...said, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}
