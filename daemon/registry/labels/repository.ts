import type { ModelAlias } from '../../../schemas/wire/registry.ts';
import type { Db } from '../../store/index.ts';
import { grouped } from '../grouped.ts';
import type { KeyValue, ModelRecord } from '../records.ts';

type OfModel = { model_no: number };

/** by number of the model */
export interface ModelLabels {
  tags: Map<number, KeyValue[]>;
  versionTags: Map<number, Map<number, KeyValue[]>>;
  aliases: Map<number, ModelAlias[]>;
}

const OF_MODELS = 'WHERE model_no IN (SELECT value FROM json_each(?)) ORDER BY model_no';

/** Tags of models and of versions, and the aliases of versions. */
export class LabelRepository {
  private readonly tagsOfModels;
  private readonly putModelTag;
  private readonly dropModelTag;
  private readonly tagsOfVersion;
  private readonly tagsOfVersions;
  private readonly putVersionTag;
  private readonly dropVersionTag;
  private readonly aliasesOfModels;
  private readonly aliasesOf;
  private readonly aliased;
  private readonly putAlias;
  private readonly dropAlias;

  constructor(db: Db) {
    this.tagsOfModels = db.prepare<[string], KeyValue & OfModel>(
      `SELECT model_no, key, value FROM model_tags ${OF_MODELS}, key`,
    );
    this.putModelTag = db.prepare('INSERT OR REPLACE INTO model_tags (model_no, key, value) VALUES (?, ?, ?)');
    this.dropModelTag = db.prepare('DELETE FROM model_tags WHERE model_no = ? AND key = ?');
    this.tagsOfVersion = db.prepare<[number, number], KeyValue>(
      'SELECT key, value FROM version_tags WHERE model_no = ? AND version = ? ORDER BY key',
    );
    this.tagsOfVersions = db.prepare<[string], KeyValue & OfModel & { version: number }>(
      `SELECT model_no, version, key, value FROM version_tags ${OF_MODELS}, version, key`,
    );
    this.putVersionTag = db.prepare(
      'INSERT OR REPLACE INTO version_tags (model_no, version, key, value) VALUES (?, ?, ?, ?)',
    );
    this.dropVersionTag = db.prepare('DELETE FROM version_tags WHERE model_no = ? AND version = ? AND key = ?');
    this.aliasesOfModels = db.prepare<[string], ModelAlias & OfModel>(
      `SELECT model_no, alias, version FROM model_aliases ${OF_MODELS}, alias`,
    );
    this.aliasesOf = db
      .prepare<[number, number], string>(
        'SELECT alias FROM model_aliases WHERE model_no = ? AND version = ? ORDER BY alias',
      )
      .pluck();
    this.aliased = db
      .prepare<[number, string], number>('SELECT version FROM model_aliases WHERE model_no = ? AND alias = ?')
      .pluck();
    this.putAlias = db.prepare('INSERT OR REPLACE INTO model_aliases (model_no, alias, version) VALUES (?, ?, ?)');
    this.dropAlias = db.prepare('DELETE FROM model_aliases WHERE model_no = ? AND alias = ?');
  }

  ofModels(modelNos: readonly number[]): ModelLabels {
    const wanted = JSON.stringify(modelNos);
    const versionTags = new Map<number, Map<number, KeyValue[]>>();
    const byModel = grouped(this.tagsOfVersions.all(wanted), modelNoOf, (row) => row);
    for (const [modelNo, rows] of byModel) {
      versionTags.set(
        modelNo,
        grouped(rows, ({ version }) => version, keyValueOf),
      );
    }
    return {
      tags: grouped(this.tagsOfModels.all(wanted), modelNoOf, keyValueOf),
      versionTags,
      aliases: grouped(this.aliasesOfModels.all(wanted), modelNoOf, ({ alias, version }) => ({ alias, version })),
    };
  }

  ofModel(modelNo: number): Pick<ModelRecord, 'tags' | 'aliases'> {
    const wanted = JSON.stringify([modelNo]);
    const aliases = this.aliasesOfModels.all(wanted).map(({ alias, version }) => ({ alias, version }));
    return { tags: this.tagsOfModels.all(wanted).map(keyValueOf), aliases };
  }

  ofVersion(modelNo: number, version: number): KeyValue[] {
    return this.tagsOfVersion.all(modelNo, version);
  }

  aliasesOfVersion(modelNo: number, version: number): string[] {
    return this.aliasesOf.all(modelNo, version);
  }

  /** The version that has this alias. */
  versionOf(modelNo: number, alias: string): number | undefined {
    return this.aliased.get(modelNo, alias);
  }

  tagModel(modelNo: number, { key, value }: KeyValue): void {
    this.putModelTag.run(modelNo, key, value);
  }

  untagModel(modelNo: number, key: string): void {
    this.dropModelTag.run(modelNo, key);
  }

  tagVersion(modelNo: number, version: number, { key, value }: KeyValue): void {
    this.putVersionTag.run(modelNo, version, key, value);
  }

  untagVersion(modelNo: number, version: number, key: string): void {
    this.dropVersionTag.run(modelNo, version, key);
  }

  alias(modelNo: number, alias: string, version: number): void {
    this.putAlias.run(modelNo, alias, version);
  }

  unalias(modelNo: number, alias: string): void {
    this.dropAlias.run(modelNo, alias);
  }
}

function modelNoOf({ model_no }: OfModel): number {
  return model_no;
}

function keyValueOf({ key, value }: KeyValue): KeyValue {
  return { key, value };
}
