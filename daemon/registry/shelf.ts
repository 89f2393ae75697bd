import { closest } from '../../schemas/language/suggest.ts';
import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import type { Store } from '../store/index.ts';
import { checkModelName } from './names.ts';
import type { ModelOverview, ModelRecord, VersionRecord } from './records.ts';
import type { ModelRow, RegistryRepository } from './repository.ts';

export interface ShelfParts {
  store: Store;
  repository: RegistryRepository;
  clock: Clock;
  /** who is noted as the author of what is done here */
  user: string;
}

/** What each part of the registry needs: finding models and versions, writing, and telling what became of them. */
export class Shelf {
  /** the name of a model that is new or changed, once that is committed */
  readonly changes = new Emitter<string>();
  /** the name that no model has any more */
  readonly removed = new Emitter<string>();
  readonly repository: RegistryRepository;
  readonly user: string;
  private readonly store: Store;
  private readonly clock: Clock;

  constructor({ store, repository, clock, user }: ShelfParts) {
    this.store = store;
    this.repository = repository;
    this.clock = clock;
    this.user = user;
  }

  now(): number {
    return this.clock.now();
  }

  /** Throws when there is none, with the name that was probably meant. */
  row(name: string): ModelRow {
    const row = this.repository.find(name);
    if (row) return row;
    checkModelName(name);
    const meant = closest(name, this.repository.someNames());
    const advice = meant === null ? '' : ` Did you mean ${JSON.stringify(meant)}?`;
    throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no model ${JSON.stringify(name)}.${advice}`);
  }

  model(name: string): ModelRecord {
    return this.repository.complete(this.row(name));
  }

  overview(name: string, newest = 1): ModelOverview {
    return this.repository.overview(this.row(name), newest);
  }

  version(row: ModelRow, version: number): VersionRecord {
    const found = this.repository.version(row.model_no, version);
    if (found) return found;
    throw new CrisolError(
      'RESOURCE_DOES_NOT_EXIST',
      `${row.name} has no version ${version}; its newest is ${row.newest_version}.`,
    );
  }

  /** On the disk before it is answered. */
  write<T>(action: () => T): Promise<T> {
    return this.store.write(action, { durable: true });
  }

  /** Changes a model that is there, and tells it. */
  async change<T>(name: string, action: (row: ModelRow) => T): Promise<T> {
    const value = await this.write(() => action(this.row(name)));
    this.announce(name);
    return value;
  }

  announce(name: string): void {
    // gone again when somebody deleted it meanwhile, which was told then
    if (this.repository.find(name)) this.changes.emit(name);
  }
}
