import type { ImportModel } from '../../../../schemas/wire/import.ts';
import { CrisolError, messageOf } from '../../../base/errors.ts';
import { openForeign } from '../../../store/index.ts';
import type { ArtifactRoots } from '../artifact-roots.ts';
import { isRemote } from '../artifact-roots.ts';
import type { Problems } from '../problems.ts';
import type { Source, SourceExperiment, SourceLoggedModel, SourceRun } from '../source.ts';
import { readLoggedModels, readModels } from './models.ts';
import { MlflowDatabase } from './repository.ts';
import { pairsOf, qualified, text, time } from './rows.ts';
import type { DatabaseParts } from './runs.ts';
import { readRun } from './runs.ts';

export interface DatabaseOptions {
  problems: Problems;
  roots: ArtifactRoots;
  patienceMs?: number;
}

export function openDatabase(file: string, { problems, roots, patienceMs }: DatabaseOptions): Source {
  return explaining(file, () => {
    const db = new MlflowDatabase(openForeign(file, { patienceMs }), file);
    return new DatabaseSource(file, { db, roots, problems });
  });
}

/** A server's SQLite file. */
class DatabaseSource implements Source {
  private readonly file: string;
  private readonly parts: DatabaseParts;

  constructor(file: string, parts: DatabaseParts) {
    this.file = file;
    this.parts = parts;
  }

  experiments(): SourceExperiment[] {
    const { db } = this.parts;
    return this.read(() =>
      db.rows('experiments').map((row) => {
        const id = Number(row.experiment_id);
        const created_at = time(row.creation_time) ?? 0;
        const location = text(row.artifact_location);
        return {
          id: String(id),
          experiment: {
            name: qualified(text(row.name), row),
            created_at,
            updated_at: time(row.last_update_time) ?? created_at,
            deleted: row.lifecycle_stage === 'deleted',
            artifact_location: isRemote(location) ? location : null,
            tags: pairsOf(db.rows('experiment_tags', { experiment_id: id })),
          },
        };
      }),
    );
  }

  runIds(experimentId: string): string[] {
    return this.read(() => this.parts.db.runIds(experimentId));
  }

  run(_experimentId: string, runId: string): SourceRun | undefined {
    const run = this.read(() => readRun(this.parts, runId));
    return run && { ...run, points: () => this.each(run.points()) };
  }

  loggedModels(experimentId: string): Iterable<SourceLoggedModel> {
    return this.each(readLoggedModels(this.parts, experimentId));
  }

  models(): Iterable<ImportModel> {
    return this.each(readModels(this.parts));
  }

  close(): void {
    this.parts.db.close();
  }

  private read<T>(action: () => T): T {
    return explaining(this.file, action);
  }

  private *each<T>(items: Iterable<T>): Iterable<T> {
    const iterator = items[Symbol.iterator]();
    for (let next = this.read(() => iterator.next()); !next.done; next = this.read(() => iterator.next())) {
      yield next.value;
    }
  }
}

function explaining<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    throw asSourceError(file, thrown);
  }
}

function asSourceError(file: string, thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (!code.startsWith('SQLITE_')) return thrown;
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new CrisolError('IMPORT_SOURCE_BUSY', `${file} is being written to by another program.`, { cause: thrown });
  }
  if (code === 'SQLITE_NOTADB') {
    return new CrisolError('IMPORT_SOURCE_INVALID', `${file} is no SQLite file.`, { cause: thrown });
  }
  return new CrisolError('IMPORT_SOURCE_INVALID', `${file} cannot be read: ${messageOf(thrown)}.`, { cause: thrown });
}
