import type { Condition, Order } from '../../../schemas/search/index.ts';
import type { Sql, Store } from '../../store/index.ts';
import { allOf, comparison, sql } from '../../store/index.ts';
import type { FoundVersion, KeyValue } from '../records.ts';

export interface RegistryQuery {
  conditions: readonly Condition[];
  /** the name, and the newer version, decide where these do not */
  orders: readonly Order[];
  /** models and versions that bear this tag are left out, however its value is written */
  without?: KeyValue;
  limit: number;
  offset: number;
}

type Columns = Record<string, string>;
interface Kind {
  from: string;
  columns: Columns;
  /** what `t` is when it holds a tag of it */
  tags: string;
  /** where tags stand that `without` looks at */
  marks: readonly string[];
  selected: string;
  last: string;
}

const MODEL_TAGS = 'model_tags t WHERE t.model_no = m.model_no';
const VERSION_TAGS = 'version_tags t WHERE t.model_no = v.model_no AND t.version = v.version';

const MODELS: Kind = {
  from: 'models m',
  columns: { name: 'm.name', creation_timestamp: 'm.created_at', last_updated_timestamp: 'm.updated_at' },
  tags: MODEL_TAGS,
  marks: [MODEL_TAGS],
  selected: 'm.model_no',
  last: 'm.name',
};

const VERSIONS: Kind = {
  from: 'models m JOIN model_versions v USING (model_no)',
  columns: {
    name: 'm.name',
    version_number: 'v.version',
    run_id: "coalesce(v.run_id, '')",
    // a version of which we keep the files is its own source
    source_path: "coalesce(v.source, 'models:/' || m.name || '/' || v.version)",
    creation_timestamp: 'v.created_at',
    last_updated_timestamp: 'v.updated_at',
  },
  tags: VERSION_TAGS,
  marks: [MODEL_TAGS, VERSION_TAGS],
  selected: 'm.model_no, v.version',
  last: 'm.name, v.version DESC',
};

const DETAILS = `SELECT m.name, v.version, v.stage, v.created_at, v.updated_at, v.created_by, v.description, v.run_id,
    v.source, v.location, v.model_id, v.run_link,
    (SELECT json_group_array(json_object('key', key, 'value', value)) FROM
      (SELECT key, value FROM ${VERSION_TAGS} ORDER BY key)) AS tags,
    (SELECT json_group_array(alias) FROM (SELECT alias FROM model_aliases a
      WHERE a.model_no = v.model_no AND a.version = v.version ORDER BY alias)) AS aliases
  FROM json_each(?) wanted
  CROSS JOIN models m ON m.model_no = wanted.value ->> '$[0]'
  CROSS JOIN model_versions v ON v.model_no = m.model_no AND v.version = wanted.value ->> '$[1]'
  ORDER BY wanted.key`;

type VersionRow = Omit<FoundVersion, 'tags' | 'aliases'> & { tags: string; aliases: string };

/** The numbers of a model and of its version. */
export type VersionPlace = [model_no: number, version: number];

/** More of them are looked through on the thread of long reads. */
const FEW_VERSIONS = 2_000;

/** A long search is read on the thread of long reads. */
export class RegistrySearchRepository {
  private readonly store: Store;
  private readonly countVersions;
  private readonly countModels;
  private readonly details;

  constructor(store: Store) {
    this.store = store;
    const count = (table: string) =>
      store.db.prepare<[], number>(`SELECT count(*) FROM (SELECT 1 FROM ${table} LIMIT ${FEW_VERSIONS + 1})`).pluck();
    this.countVersions = count('model_versions');
    this.countModels = count('models');
    this.details = store.db.prepare<[string], VersionRow>(DETAILS);
  }

  async models(query: RegistryQuery): Promise<number[]> {
    const rows = await this.read<{ model_no: number }>(statementOf(MODELS, query));
    return rows.map(({ model_no }) => model_no);
  }

  async versions(query: RegistryQuery): Promise<VersionPlace[]> {
    const rows = await this.read<{ model_no: number; version: number }>(statementOf(VERSIONS, query));
    return rows.map(({ model_no, version }) => [model_no, version]);
  }

  /** In the same order; one that was removed meanwhile is left out. */
  found(places: readonly VersionPlace[]): FoundVersion[] {
    return this.details.all(JSON.stringify(places)).map((row) => {
      return { ...row, tags: JSON.parse(row.tags), aliases: JSON.parse(row.aliases) };
    });
  }

  private async read<Row>({ text, values }: Sql): Promise<Row[]> {
    if (this.isSmall()) return this.store.db.prepare<unknown[], Row>(text).all(...values);
    return this.store.readLong<Row>(text, ...values);
  }

  private isSmall(): boolean {
    return Math.max(Number(this.countVersions.get()), Number(this.countModels.get())) <= FEW_VERSIONS;
  }
}

function statementOf(kind: Kind, { conditions, orders, without, limit, offset }: RegistryQuery): Sql {
  const holds = allOf([
    ...conditions.map((condition) => holdsOf(kind, condition)),
    ...(without ? kind.marks.map((tags) => lacks(tags, without)) : []),
  ]);
  const order = orders.map(({ key, descending }) => `${columnOf(kind, key)}${descending ? ' DESC' : ''}, `).join('');
  return sql(
    `SELECT ${kind.selected} FROM ${kind.from} WHERE ${holds.text} ORDER BY ${order}${kind.last} LIMIT ? OFFSET ?`,
    ...holds.values,
    limit,
    offset,
  );
}

/** A tag that is missing fulfils nothing. */
function holdsOf(kind: Kind, condition: Condition): Sql {
  if (condition.kind === 'attribute') return comparison(columnOf(kind, condition.key), condition);
  const { text, values } = comparison('t.value', condition);
  return sql(`EXISTS (SELECT 1 FROM ${kind.tags} AND t.key = ? AND ${text})`, condition.key, ...values);
}

function lacks(tags: string, { key, value }: KeyValue): Sql {
  return sql(`NOT EXISTS (SELECT 1 FROM ${tags} AND t.key = ? AND lower(t.value) = ?)`, key, value);
}

function columnOf({ columns }: Kind, key: string): string {
  return columns[key] ?? 'NULL';
}
