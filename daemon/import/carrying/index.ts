import type { ImportTally } from '../../../schemas/wire/import.ts';
import { messageOf } from '../../base/errors.ts';
import type { ArtifactPlace, Problems, Source, SourceExperiment } from '../reading/index.ts';
import { atOnce } from './at-once.ts';
import { endsAll } from './failures.ts';
import { sendFiles } from './files.ts';
import { carryRun } from './runs.ts';
import { newTally } from './tally.ts';
import type { Target } from './target.ts';

export { onlyTrying } from './dry-run.ts';
export type { Target } from './target.ts';

/** Enough that the daemon and the reading never wait for one another. */
const RUNS_AT_ONCE = 4;
const ASKED_AT_ONCE = 500;

export interface CarryParts {
  source: Source;
  target: Target;
  problems: Problems;
  signal: AbortSignal;
  /** told after each piece */
  onProgress: (tally: ImportTally) => void;
}

interface Placed {
  there: SourceExperiment;
  experiment_id: string;
}

/** Brings all that a store holds; what cannot be brought is noted among the problems. */
export async function carryOver(parts: CarryParts): Promise<ImportTally> {
  return new Carrier(parts).all();
}

class Carrier {
  private readonly parts: CarryParts;
  private readonly tally = newTally();
  private readonly elsewhere = new Set<string>();

  constructor(parts: CarryParts) {
    this.parts = parts;
  }

  /** Also when it was given up: what came until then stays. */
  async all(): Promise<ImportTally> {
    try {
      await this.carry();
    } catch (failure) {
      if (!this.parts.signal.aborted) throw failure;
    }
    return this.tally;
  }

  private async carry(): Promise<void> {
    const placed: Placed[] = [];
    for (const there of this.parts.source.experiments()) placed.push(...(await this.experiment(there)));
    const ids = placed.map(({ there }) => this.parts.source.runIds(there.id));
    this.tally.runs_total = ids.reduce((sum, { length }) => sum + length, 0);
    this.tell();
    for (const [at, experiment] of placed.entries()) await this.runs(experiment, ids[at] ?? []);
    // once the runs are here that measured them
    for (const experiment of placed) await this.loggedModels(experiment);
    await this.models();
  }

  private async experiment(there: SourceExperiment): Promise<Placed[]> {
    const { target } = this.parts;
    const made = await this.attempt(`experiment ${there.experiment.name}`, () => target.experiment(there.experiment));
    if (!made) return [];
    this.tally.experiments++;
    if (made.is_new) this.tally.new_experiments++;
    // what stays in a bucket is found there, if this experiment says so as well
    if (made.artifact_location !== null) this.elsewhere.add(there.id);
    return [{ there, experiment_id: made.experiment_id }];
  }

  private async runs({ there, experiment_id }: Placed, ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += ASKED_AT_ONCE) {
      const some = ids.slice(from, from + ASKED_AT_ONCE);
      const known = await this.parts.target.known(some.filter(isId));
      this.tally.known_runs += known.size;
      const missing = some.filter((id) => !known.has(id));
      await atOnce(RUNS_AT_ONCE, missing, (id) => this.run(there, id, experiment_id));
      this.tell();
    }
  }

  private async run(there: SourceExperiment, runId: string, experimentId: string): Promise<void> {
    const done = await this.attempt(`run ${runId}`, async () => {
      const run = this.parts.source.run(there.id, runId);
      if (!run) return false;
      this.noteElsewhere(there, run.artifacts);
      await carryRun({ ...this.parts, tally: this.tally }, run, experimentId);
      return true;
    });
    if (!done) this.tally.failed_runs++;
    this.tell();
  }

  private async loggedModels({ there, experiment_id }: Placed): Promise<void> {
    const { source, target } = this.parts;
    for (const { model, artifacts } of source.loggedModels(there.id)) {
      this.noteElsewhere(there, artifacts);
      await this.attempt(`logged model ${model.model_id}`, async () => {
        const { state, artifact_path } = await target.loggedModel({ ...model, experiment_id });
        if (state === 'known') return;
        await sendFiles({ ...this.parts, tally: this.tally }, artifacts, artifact_path, state === 'continued');
        await target.completeLoggedModel(model.model_id);
        this.tally.logged_models++;
      });
      this.tell();
    }
  }

  private async models(): Promise<void> {
    const { source, target, problems } = this.parts;
    for (const model of source.models()) {
      const made = await this.attempt(`model ${model.name}`, () => target.model(model));
      for (const { from, to } of made?.renumbered ?? []) {
        problems.note(`model ${model.name}`, `Its version ${from} is version ${to} here: that number was taken.`);
      }
      if (made && (made.is_new || made.added > 0)) this.tally.models++;
      this.tally.versions += made?.added ?? 0;
      this.tell();
    }
  }

  /** Once for each experiment: its runs have their files in one place. */
  private noteElsewhere({ id, experiment }: SourceExperiment, place: ArtifactPlace): void {
    if (place.kind !== 'elsewhere' || this.elsewhere.has(id)) return;
    this.elsewhere.add(id);
    this.parts.problems.note(
      `experiment ${experiment.name}`,
      `Artifacts stay where they are, such as at ${place.uri}.`,
    );
  }

  private async attempt<T>(what: string, action: () => Promise<T>): Promise<T | undefined> {
    this.parts.signal.throwIfAborted();
    try {
      return await action();
    } catch (failure) {
      if (endsAll(failure)) throw failure;
      this.parts.problems.note(what, messageOf(failure));
      return undefined;
    }
  }

  private tell(): void {
    this.parts.onProgress(this.tally);
  }
}

/** What else is called like a run's folder is not asked for; reading it tells what is wrong. */
function isId(runId: string): boolean {
  return /^[\w.-]{1,64}$/.test(runId);
}
