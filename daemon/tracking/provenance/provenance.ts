import { resolve, sep } from 'node:path';
import type { GitState, Machine, RunSource, SourceProgram } from '../../../schemas/wire/run-source.ts';
import type { Clock } from '../../base/clock.ts';
import type { RunRecord } from '../records.ts';
import type { Writer } from '../writer.ts';
import type { WorkingTree } from './git/working-tree.ts';
import { readWorkingTree } from './git/working-tree.ts';
import { keep, unpack } from './kept-text.ts';
import { thisMachine } from './machine.ts';
import type { Peer } from './process/peer.ts';
import { processOf } from './process/peer.ts';
import { programOf } from './process/program.ts';
import { Recent } from './recent.ts';
import type { NewSource, SourceKind, SourceRepository } from './repository.ts';

/** A script needs longer than this from its first line to its run, so that the code it has read is the code we see. */
const SAME_TREE_MS = 1_000;

export interface ProvenanceParts {
  writer: Writer;
  sources: SourceRepository;
  clock: Clock;
  /** where scripts lie; without it nothing is looked at */
  workspace: string | undefined;
}

const NO_CHANGES: Pick<WorkingTree, 'diff' | 'untracked'> = { diff: '', untracked: [] };

/** What ran: looked up behind the answer to whoever starts a run, so that logging never waits for it. */
export class Provenance {
  private readonly parts: ProvenanceParts;
  private readonly tree: Recent<NewSource | undefined>;
  private readonly programs = new WeakMap<Peer, Promise<NewSource | undefined>>();
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(parts: ProvenanceParts) {
    this.parts = parts;
    const { workspace, clock } = parts;
    this.tree = new Recent(
      async () => (workspace === undefined ? undefined : readTree(workspace)),
      clock,
      SAME_TREE_MS,
    );
  }

  /** Called when a run begins, or goes on. `peer`: who said so, if somebody else did. */
  observe(runId: string, peer?: Peer): void {
    if (this.parts.workspace === undefined) return;
    const before = this.underWay.get(runId);
    const work = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.look(runId, peer))
      // the store was closed, or the disk is full: a run is worth more than what is known of it
      .catch(() => undefined)
      .then(() => before)
      .then(() => {
        if (this.underWay.get(runId) === work) this.underWay.delete(runId);
      });
    this.underWay.set(runId, work);
  }

  /** Waits for what is being looked up. */
  async ofRun(run: RunRecord): Promise<RunSource> {
    await this.underWay.get(run.run_id);
    const rows = this.parts.sources.ofRun(run.run_id);
    const read = <T>(kind: SourceKind, textAs: (text: string | undefined) => object): T[] =>
      rows
        .filter((row) => row.kind === kind)
        .map(({ facts, packed }) => ({ ...JSON.parse(facts), ...textAs(packed ? unpack(packed) : undefined) }));
    const programs = read<SourceProgram>('program', (text) => ({
      packages: text === undefined ? null : JSON.parse(text),
    }));
    const [tree] = read<WorkingTree>('git', (text) => (text === undefined ? NO_CHANGES : JSON.parse(text)));
    const [machine = null] = read<Machine>('machine', () => ({}));
    return {
      user: run.user,
      entry: tag(run, 'mlflow.source.name'),
      git: gitOf(run, tree, programs),
      programs,
      machine,
    };
  }

  private async look(runId: string, peer: Peer | undefined): Promise<void> {
    const { sources, writer } = this.parts;
    const known = sources.kindsOf(runId);
    const found = await Promise.all([
      known.includes('machine') ? undefined : machineFound(),
      peer && this.programAt(peer),
      known.includes('git') ? undefined : this.tree.get(),
    ]);
    await writer.write(() =>
      sources.insert(
        runId,
        found.flatMap((one) => one ?? []),
      ),
    );
  }

  /** A connection belongs to one process for as long as it is there. */
  private programAt(peer: Peer): Promise<NewSource | undefined> {
    const known = this.programs.get(peer);
    if (known) return known;
    const found = readProgram(peer);
    this.programs.set(peer, found);
    return found;
  }
}

let machine: NewSource | undefined;

function machineFound(): NewSource {
  machine ??= { kind: 'machine', facts: JSON.stringify(thisMachine()), text: undefined };
  return machine;
}

async function readTree(workspace: string): Promise<NewSource | undefined> {
  const found = await readWorkingTree(workspace);
  if (!found) return undefined;
  const { diff, untracked, ...facts } = found;
  const text = facts.dirty ? await keep(JSON.stringify({ diff, untracked })) : undefined;
  return { kind: 'git', facts: JSON.stringify(facts), text };
}

async function readProgram(peer: Peer): Promise<NewSource | undefined> {
  const pid = await processOf(peer);
  const found = pid === undefined ? undefined : await programOf(pid);
  if (!found) return undefined;
  const { packages, ...facts } = found;
  const text = packages ? await keep(JSON.stringify(packages)) : undefined;
  return { kind: 'program', facts: JSON.stringify(facts), text };
}

/** What the client says of its code is right; our working tree is the one that ran only when nothing speaks against it. */
function gitOf(run: RunRecord, tree: WorkingTree | undefined, programs: readonly SourceProgram[]): GitState | null {
  const said = tag(run, 'mlflow.source.git.commit');
  const elsewhere = programs.length > 0 && tree && !programs.some((program) => isOf(program, tree.root));
  if (tree && !elsewhere && (said === null || said === tree.commit)) {
    const { root: _, ...state } = tree;
    return state;
  }
  if (said === null) return null;
  const branch = tag(run, 'mlflow.source.git.branch');
  return { commit: said, branch, dirty: null, diff: '', diff_complete: false, untracked: [] };
}

/** It runs there, or a file of there. */
function isOf({ cwd, command }: SourceProgram, root: string): boolean {
  return [cwd, ...command.slice(1).map((word) => resolve(cwd, word))].some((path) => isInside(path, root));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function tag({ tags }: RunRecord, key: string): string | null {
  return tags.find((one) => one.key === key)?.value ?? null;
}
