import type { Tracking } from '../../tracking/index.ts';
import { checkModelName, freeFolder } from '../names.ts';
import type { ModelRow } from '../repository.ts';
import type { Shelf } from '../shelf.ts';
import type { Adopted, AdoptedModel, AdoptedVersion } from './records.ts';

/** So many versions go in one write: others are answered between two of them. */
const AT_ONCE = 500;

/** Takes in models of another registry, with their numbers and times. Taking in the same again changes nothing. */
export class ModelAdoption {
  private readonly shelf: Shelf;
  private readonly runs: Pick<Tracking['runs'], 'find'>;

  constructor(shelf: Shelf, runs: Pick<Tracking['runs'], 'find'>) {
    this.shelf = shelf;
    this.runs = runs;
  }

  /** What a model of that name has here stays: versions whose numbers are taken get new ones. */
  async model(model: AdoptedModel): Promise<Adopted> {
    checkModelName(model.name);
    const isNew = await this.shelf.write(() => this.create(model));
    const numbers = new Map<number, number>();
    const added: Adopted['renumbered'] = [];
    // in their order, so that new numbers keep it
    const versions = model.versions.toSorted((a, b) => a.version - b.version);
    for (let at = 0; at < versions.length; at += AT_ONCE) {
      added.push(...(await this.shelf.write(() => this.takeIn(model.name, versions.slice(at, at + AT_ONCE), numbers))));
    }
    await this.shelf.write(() => this.label(this.shelf.row(model.name), model, numbers));
    this.shelf.announce(model.name);
    return { isNew, added: added.length, renumbered: added.filter(({ from, to }) => from !== to) };
  }

  /** Notes which number each of them has here; answers those that are new. */
  private takeIn(name: string, versions: readonly AdoptedVersion[], numbers: Map<number, number>) {
    const row = this.shelf.row(name);
    const added: Adopted['renumbered'] = [];
    for (const version of versions) {
      const known = this.find(row, version);
      const to = known ?? this.add(row, version);
      numbers.set(version.version, to);
      if (known === undefined) added.push({ from: version.version, to });
    }
    return added;
  }

  /** False when there is one of that name. */
  private create({ name, description, created_at }: AdoptedModel): boolean {
    const { repository } = this.shelf;
    if (repository.find(name)) return false;
    const folder = freeFolder(name, (candidate) => repository.folderTaken(candidate));
    repository.create(name, folder, description, created_at);
    return true;
  }

  /** Two versions that were made in the same millisecond from the same files are one. */
  private find({ model_no }: ModelRow, wanted: AdoptedVersion): number | undefined {
    const { created_at, source, run_id } = wanted;
    const same = this.shelf.repository.versions.madeFrom(model_no, { created_at, source, run_id });
    return same.includes(wanted.version) ? wanted.version : same[0];
  }

  private add({ model_no }: ModelRow, adopted: AdoptedVersion): number {
    const { repository, user } = this.shelf;
    const { stage, tags, ...known } = adopted;
    const isTaken = repository.versions.find(model_no, adopted.version) !== undefined;
    const at = this.shelf.now();
    const version = isTaken ? repository.nextVersion(model_no, at) : adopted.version;
    repository.takeUpTo(model_no, version);
    repository.versions.add(model_no, { ...known, version, metrics: this.metricsOf(adopted.run_id), files: {} });
    if (stage !== 'development') {
      const reason = 'It stood there when it was imported';
      repository.versions.move(model_no, { version, from: 'development', to: stage, reason, by: user, at });
    }
    for (const tag of tags) repository.labels.tagVersion(model_no, version, tag);
    return version;
  }

  /** What was said here stays. */
  private label({ model_no }: ModelRow, model: AdoptedModel, numbers: Map<number, number>): void {
    const { labels } = this.shelf.repository;
    const known = labels.ofModel(model_no);
    const tags = new Set(known.tags.map(({ key }) => key));
    const aliases = new Set(known.aliases.map(({ alias }) => alias));
    for (const tag of model.tags) if (!tags.has(tag.key)) labels.tagModel(model_no, tag);
    for (const { alias, version } of model.aliases) {
      const number = numbers.get(version);
      if (number !== undefined && !aliases.has(alias)) labels.alias(model_no, alias, number);
    }
  }

  private metricsOf(runId: string | null) {
    const run = runId === null ? undefined : this.runs.find(runId);
    return Object.fromEntries((run?.metrics ?? []).map(({ key, value }) => [key, value]));
  }
}
