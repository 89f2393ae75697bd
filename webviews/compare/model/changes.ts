import type { Aspect, RunOrigin } from '../../../schemas/panels/compare.ts';
import type { RunDataset } from '../../../schemas/wire/run-inputs.ts';
import type { RunSource } from '../../../schemas/wire/run-source.ts';
import { formatNumber } from '../../shared/format.ts';
import type { Item } from './items.ts';

export interface Change {
  what: string;
  /** undefined where that run has none */
  from: string | undefined;
  to: string | undefined;
}

export interface ChangeGroup {
  aspect: Aspect;
  changes: Change[];
  /** neither run said anything about it: that nothing differs is not known */
  unknown: boolean;
}

/** What is unlike in two runs, the nearest cause first, and last what came of it. */
export function whatChanged(base: Item, other: Item, from: RunOrigin, to: RunOrigin): ChangeGroup[] {
  const gitKnown = from.source.git !== null || to.source.git !== null;
  const dataKnown = from.inputs.datasets.length + to.inputs.datasets.length > 0;
  return [
    { aspect: 'code', changes: pairs(codeFacts(from.source), codeFacts(to.source)), unknown: !gitKnown },
    { aspect: 'data', changes: dataChanges(from, to), unknown: !dataKnown },
    { aspect: 'params', changes: pairs(base.params, other.params), unknown: false },
    {
      aspect: 'environment',
      changes: pairs(environmentFacts(from.source), environmentFacts(to.source)),
      unknown: from.source.programs.length + to.source.programs.length === 0,
    },
    { aspect: 'metrics', changes: pairs(metricFacts(base), metricFacts(other)), unknown: false },
  ];
}

function pairs(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): Change[] {
  const names = [...new Set([...from.keys(), ...to.keys()])];
  return names
    .map((what) => ({ what, from: from.get(what), to: to.get(what) }))
    .filter((change) => change.from !== change.to);
}

const COMMIT_DIGITS = 8;

function codeFacts({ entry, git }: RunSource): Map<string, string> {
  return present({
    entry: entry ?? undefined,
    commit: git?.commit?.slice(0, COMMIT_DIGITS),
    branch: git?.branch ?? undefined,
    'uncommitted changes': git ? describeDiff(git.diff) : undefined,
    'untracked files': git && git.untracked.length > 0 ? git.untracked.join(', ') : undefined,
  });
}

/** Two diffs are the same change only if all of their text is. */
function describeDiff(diff: string): string | undefined {
  if (diff === '') return undefined;
  const lines = diff.split('\n');
  const count = (sign: string) =>
    lines.filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
  const files = lines.filter((line) => line.startsWith('diff --git')).length || 1;
  return `${files} ${files === 1 ? 'file' : 'files'}, +${count('+')} −${count('-')} (${fingerprint(diff)})`;
}

function fingerprint(text: string): string {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash.toString(16).padStart(8, '0').slice(0, 6);
}

/** Where a dataset came from says something beside where the same one came from; of another one its name is enough. */
function dataChanges(from: RunOrigin, to: RunOrigin): Change[] {
  return pairs(dataFacts(from), dataFacts(to)).filter(
    ({ what, from, to }) => !what.endsWith(SOURCE) || (from !== undefined && to !== undefined),
  );
}

const SOURCE = ': source';

function dataFacts({ inputs }: RunOrigin): Map<string, string> {
  const nameOf = ({ name, context }: RunDataset) => (context === null ? name : `${name} (${context})`);
  return new Map([
    ...inputs.datasets.map((dataset): [string, string] => [nameOf(dataset), dataset.digest]),
    ...inputs.datasets.map((dataset): [string, string] => [`${nameOf(dataset)}${SOURCE}`, dataset.source]),
    ...inputs.model_ids.map((id): [string, string] => ['model', id]),
  ]);
}

function environmentFacts({ programs, machine, user }: RunSource): Map<string, string> {
  const packages = programs.flatMap((program) => program.packages ?? []);
  const [program] = programs;
  return new Map([
    ...present({
      language: program?.language ?? undefined,
      interpreter: program?.interpreter,
      host: machine?.host,
      system: machine ? `${machine.os} ${machine.arch}` : undefined,
      processor: machine ? `${machine.cpus} × ${machine.cpu}` : undefined,
      user: user === '' ? undefined : user,
    }),
    ...packages.map(({ name, version }): [string, string] => [name, version]),
  ]);
}

function metricFacts({ metrics }: Item): Map<string, string> {
  return new Map([...metrics].map(([name, value]) => [name, formatNumber(value)]));
}

function present(facts: Record<string, string | undefined>): Map<string, string> {
  return new Map(Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined));
}
