import type { ModelAlias } from '../../../schemas/wire/registry.ts';
import type { Db } from '../../store/index.ts';
import type { KeyValue } from '../records.ts';

/** Tags of models and of versions, and the aliases of versions. */
export class LabelRepository {
  private readonly tagsOfModel;
  private readonly tagsOfModels;
  private readonly putModelTag;
  private readonly dropModelTag;
  private readonly tagsOfVersions;
  private readonly putVersionTag;
  private readonly dropVersionTag;
  private readonly aliasesOf;
  private readonly putAlias;
  private readonly dropAlias;

  constructor(db: Db) {
    this.tagsOfModel = db.prepare<[number], KeyValue>(
      'SELECT key, value FROM model_tags WHERE model_no = ? ORDER BY key',
    );
    this.tagsOfModels = db.prepare<[], KeyValue & { model_no: number }>(
      'SELECT model_no, key, value FROM model_tags ORDER BY model_no, key',
    );
    this.putModelTag = db.prepare('INSERT OR REPLACE INTO model_tags (model_no, key, value) VALUES (?, ?, ?)');
    this.dropModelTag = db.prepare('DELETE FROM model_tags WHERE model_no = ? AND key = ?');
    this.tagsOfVersions = db.prepare<[number], KeyValue & { version: number }>(
      'SELECT version, key, value FROM version_tags WHERE model_no = ? ORDER BY version, key',
    );
    this.putVersionTag = db.prepare(
      'INSERT OR REPLACE INTO version_tags (model_no, version, key, value) VALUES (?, ?, ?, ?)',
    );
    this.dropVersionTag = db.prepare('DELETE FROM version_tags WHERE model_no = ? AND version = ? AND key = ?');
    this.aliasesOf = db.prepare<[number], ModelAlias>(
      'SELECT alias, version FROM model_aliases WHERE model_no = ? ORDER BY alias',
    );
    this.putAlias = db.prepare('INSERT OR REPLACE INTO model_aliases (model_no, alias, version) VALUES (?, ?, ?)');
    this.dropAlias = db.prepare('DELETE FROM model_aliases WHERE model_no = ? AND alias = ?');
  }

  ofModel(modelNo: number): KeyValue[] {
    return this.tagsOfModel.all(modelNo);
  }

  /** by number of the model */
  ofAllModels(): Map<number, KeyValue[]> {
    return grouped(this.tagsOfModels.all(), ({ model_no }) => model_no);
  }

  /** by version */
  ofVersions(modelNo: number): Map<number, KeyValue[]> {
    return grouped(this.tagsOfVersions.all(modelNo), ({ version }) => version);
  }

  aliases(modelNo: number): ModelAlias[] {
    return this.aliasesOf.all(modelNo);
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

function grouped<Row extends KeyValue>(rows: readonly Row[], by: (row: Row) => number): Map<number, KeyValue[]> {
  const groups = new Map<number, KeyValue[]>();
  for (const row of rows) {
    const tag = { key: row.key, value: row.value };
    const group = groups.get(by(row));
    if (group) group.push(tag);
    else groups.set(by(row), [tag]);
  }
  return groups;
}
