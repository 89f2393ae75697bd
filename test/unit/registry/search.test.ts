import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyValue } from '../../../daemon/registry/index.ts';
import type { Condition } from '../../../schemas/search/index.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { RegistryRoom } from './room.ts';

let room: RegistryRoom;
beforeEach(() => {
  room = new RegistryRoom();
});
afterEach(() => room.dispose());

interface Sent {
  name: string;
  version: number;
  run: string;
  tags: KeyValue[];
}

async function versionsOf(name: string, versions: Omit<Sent, 'name' | 'version'>[]): Promise<Sent[]> {
  await room.registry.catalog.create(name);
  const sent: Sent[] = [];
  for (const { run, tags } of versions) {
    const source = `runs:/${run}/model`;
    const origin = { source, run_id: run, model_id: null, location: source, description: '', run_link: '' };
    const { version } = await room.registry.versions.add(name, { ...origin, tags });
    sent.push({ name, version, run, tags });
  }
  return sent;
}

const page = { limit: 1000, offset: 0, orders: [] };
const search = async (filter: string, more: object = {}) => {
  const query = { ...page, conditions: parseFilter(filter, 'versions'), ...more };
  const { pieces, isMore } = await room.registry.search.versions(query);
  return { found: [...pieces].flat(), isMore };
};
const namesIn = async (filter: string, more: object = {}) =>
  (await search(filter, more)).found.map(({ name, version }) => `${name}/${version}`);

/** What a condition means, said once more. */
function isTrueOf(condition: Condition, { name, version, run, tags }: Sent): boolean {
  const attributes: Record<string, string | number> = {
    name,
    version_number: version,
    run_id: run,
    source_path: `runs:/${run}/model`,
  };
  const value =
    condition.kind === 'tag' ? tags.find(({ key }) => key === condition.key)?.value : attributes[condition.key];
  if (value === undefined) return false;
  switch (condition.op) {
    case '=':
      return value === condition.value;
    case '!=':
      return value !== condition.value;
    case '>':
      return Number(value) > condition.value;
    case '<=':
      return Number(value) <= condition.value;
    case 'IN':
      return condition.value.includes(String(value));
    case 'LIKE':
      return asExpression(condition.value, 'u').test(String(value));
    case 'ILIKE':
      return asExpression(condition.value, 'iu').test(String(value));
    default:
      throw new Error(`not asked here: ${condition.op}`);
  }
}

function asExpression(pattern: string, flags: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, flags);
}

const NAMES = ['match', 'Match', 'liga 🏆'];
const RUNS = ['r1', 'R2'];

describe('versions', () => {
  it('are those of which all conditions are true, in pages that leave out none', async () => {
    const tag = (value: string) => [{ key: 'a b', value }];
    const all: Sent[] = [];
    for (const name of NAMES) {
      const rows = RUNS.flatMap((run) => [
        { run, tags: [] },
        { run, tags: tag('x') },
        { run, tags: tag('Y%') },
      ]);
      all.push(...(await versionsOf(name, rows)));
    }
    const text = fc.constantFrom('match', 'MATCH', 'm%', '%a%', '_iga 🏆', 'liga _', 'r1', 'r%', 'x', 'y_', 'Y%', '%');
    const asked = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('name', 'run_id', 'source_path', 'tags.`a b`'),
          fc.constantFrom('=', '!=', 'LIKE', 'ILIKE'),
          text,
        )
        .map(([key, op, value]) => `${key} ${op} '${value}'`),
      fc.tuple(fc.constantFrom('=', '!=', '>', '<='), fc.nat(7)).map(([op, value]) => `version_number ${op} ${value}`),
      fc.subarray(NAMES, { minLength: 1 }).map((names) => `name IN (${names.map((one) => `'${one}'`).join(', ')})`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 3 }), fc.integer({ min: 1, max: 20 }), async (filters, limit) => {
        const filter = filters.join(' AND ');
        const conditions = parseFilter(filter, 'versions');
        const wanted = all.filter((one) => conditions.every((condition) => isTrueOf(condition, one)));
        const found: string[] = [];
        for (let offset = 0, isMore = true; isMore; offset += limit) {
          const next = await search(filter, { limit, offset });
          found.push(...next.found.map(({ name, version }) => `${name}/${version}`));
          isMore = next.isMore;
        }
        expect(found.length).toBe(new Set(found).size);
        expect(found.sort()).toEqual(wanted.map(({ name, version }) => `${name}/${version}`).sort());
      }),
      { seed: 20260101, numRuns: 150 },
    );
  });

  it('come as they were asked for; else by name, newest first', async () => {
    await versionsOf('b', [
      { run: 'r2', tags: [] },
      { run: 'r1', tags: [] },
    ]);
    await versionsOf('a', [{ run: 'r3', tags: [] }]);
    expect(await namesIn('')).toEqual(['a/1', 'b/2', 'b/1']);
    const orders = parseOrder(['version_number', 'name DESC'], 'versions');
    expect(await namesIn('', { orders })).toEqual(['b/1', 'a/1', 'b/2']);
  });

  it('come with their tags and aliases', async () => {
    await versionsOf('a', [
      {
        run: 'r',
        tags: [
          { key: 'z', value: '1' },
          { key: 'b', value: '2' },
        ],
      },
    ]);
    await room.registry.catalog.setAlias('a', 'champion', 1);
    await room.registry.catalog.setAlias('a', 'best', 1);
    const { found } = await search("name = 'a'");
    expect(found).toMatchObject([
      { name: 'a', version: 1, stage: 'development', aliases: ['best', 'champion'], source: 'runs:/r/model' },
    ]);
    expect(found[0]?.tags).toEqual([
      { key: 'b', value: '2' },
      { key: 'z', value: '1' },
    ]);
  });

  it('are left out where they or their model bear a mark', async () => {
    await versionsOf('a', [
      { run: 'r', tags: [{ key: 'mark', value: 'TRUE' }] },
      { run: 'r', tags: [] },
    ]);
    await versionsOf('b', [{ run: 'r', tags: [] }]);
    await room.registry.catalog.setTag('b', { key: 'mark', value: 'true' });
    expect(await namesIn('', { without: { key: 'mark', value: 'true' } })).toEqual(['a/2']);
  });
});

describe('thousands of versions', () => {
  /** Beside the room: it syncs each one to the disk. */
  function fill(models: number, versions: number): void {
    const { db } = room.store;
    const model = db.prepare(
      `INSERT INTO models (name, folder, description, created_at, updated_at, newest_version) VALUES (?, ?, '', 1, 1, ?)`,
    );
    const version = db.prepare(
      `INSERT INTO model_versions (model_no, version, stage, created_at, created_by, description, run_id, metrics, files, updated_at)
       VALUES (?, ?, 'development', 1, '', ?, 'r', '{}', '{}', ?)`,
    );
    db.transaction(() => {
      for (let at = 0; at < models; at++) {
        const { lastInsertRowid } = model.run(`model ${at}`, `folder-${at}`, versions);
        for (let number = 1; number <= versions; number++) version.run(lastInsertRowid, number, '', number);
      }
    })();
  }

  it('are searched without holding up others', async () => {
    fill(50, 100);
    let turns = 0;
    let searching = true;
    const count = () => {
      turns++;
      if (searching) setImmediate(count);
    };
    setImmediate(count);
    const orders = parseOrder(['last_updated_timestamp DESC'], 'versions');
    const { found, isMore } = await search('', { orders, limit: 3 });
    searching = false;
    expect(found.map(({ name, version }) => [name, version])).toEqual([
      ['model 0', 100],
      ['model 1', 100],
      ['model 10', 100],
    ]);
    expect(isMore).toBe(true);
    expect(turns).toBeGreaterThan(1);
    expect([...room.registry.pieces()].flat()).toHaveLength(50);
  });
});
