import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../daemon/store/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { numbers, openStore, put } from './open-store.ts';

let workspace: TempWorkspace;
let store: Store;
beforeEach(() => {
  workspace = new TempWorkspace();
  store = openStore(workspace);
});
afterEach(async () => {
  await store.dispose();
  workspace.dispose();
});

/** How many transactions ended well: another connection sees the number change once a commit. */
async function commitsWhile(action: () => Promise<unknown>): Promise<number> {
  let commits = 0;
  const exec = store.db.prepare('SELECT 1');
  expect(exec.pluck().get()).toBe(1);
  const { default: Database } = await import('better-sqlite3');
  const other = new Database(workspace.path('store.db'), { readonly: true });
  const version = () => Number(other.pragma('data_version', { simple: true }));
  let seen = version();
  const look = () => {
    const now = version();
    if (now !== seen) commits++;
    seen = now;
  };
  const work = action();
  // a look in each turn of the event loop: there is at most one commit in each
  let done = false;
  void work.finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    look();
  }
  look();
  await work;
  other.close();
  return commits;
}

describe('writes that arrive together', () => {
  it('are one transaction', async () => {
    const commits = await commitsWhile(() => Promise.all([put(store, 'a', 1), put(store, 'b', 2), put(store, 'c', 3)]));
    expect(commits).toBe(1);
    expect(numbers(store)).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('are several transactions when each waits for the one before', async () => {
    const commits = await commitsWhile(async () => {
      await put(store, 'a', 1);
      await put(store, 'b', 2);
    });
    expect(commits).toBe(2);
  });

  it('see what those before them wrote', async () => {
    const [, seen] = await Promise.all([put(store, 'a', 1), store.write(() => numbers(store))]);
    expect(seen).toEqual({ a: 1 });
  });

  it('are acknowledged in their order, after the commit', async () => {
    const order: string[] = [];
    await Promise.all(['a', 'b', 'c'].map((name) => put(store, name, 1).then(() => order.push(name))));
    expect(order).toEqual(['a', 'b', 'c']);
    expect(store.db.inTransaction).toBe(false);
  });
});

describe('a write that throws', () => {
  it('takes back only what it did itself', async () => {
    const failing = store.write(() => {
      store.db.prepare("INSERT INTO numbers (name, value) VALUES ('half', 1)").run();
      throw new Error('changed its mind');
    });
    const results = await Promise.allSettled([put(store, 'a', 1), failing, put(store, 'b', 2)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(numbers(store)).toEqual({ a: 1, b: 2 });
  });

  it('is told its own reason', async () => {
    await expect(store.write(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(
      store.write(() => {
        throw new TypeError('my own');
      }),
    ).rejects.toThrow(TypeError);
    expect(store.health()).toEqual({ state: 'ok' });
  });
});

describe('a transaction that somebody left open', () => {
  it('costs its writes, not those after it', async () => {
    const meddling = store.write(() => store.db.exec('COMMIT; BEGIN; SAVEPOINT elsewhere'));
    await expect(Promise.all([put(store, 'a', 1), meddling])).rejects.toThrow();
    await put(store, 'b', 2);
    expect(numbers(store)).toMatchObject({ b: 2 });
  });
});

it('keeps what a simple model keeps, whatever the order of writes, failures and turns', async () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), name: names, value: fc.nat(9) }),
    fc.record({ kind: fc.constant('throw' as const), name: names, value: fc.nat(9) }),
    fc.record({ kind: fc.constant('remove' as const), name: names }),
    fc.record({ kind: fc.constant('turn' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      await store.write(() => store.db.exec('DELETE FROM numbers'));
      const model = new Map<string, number>();
      const answers: Promise<void>[] = [];
      for (const one of steps) {
        if (one.kind === 'turn') await new Promise((resolve) => setImmediate(resolve));
        else if (one.kind === 'remove') {
          model.delete(one.name);
          answers.push(remove(one.name));
        } else if (one.kind === 'throw') answers.push(expect(putAndThrow(one.name, one.value)).rejects.toThrow());
        else if (model.has(one.name)) answers.push(expect(put(store, one.name, one.value)).rejects.toThrow('UNIQUE'));
        else {
          model.set(one.name, one.value);
          answers.push(put(store, one.name, one.value).then(() => {}));
        }
      }
      await Promise.all(answers);
      expect(numbers(store)).toEqual(Object.fromEntries(model));
    }),
    { numRuns: 100, seed: 20260101 },
  );
});

async function remove(name: string): Promise<void> {
  await store.write(() => store.db.prepare('DELETE FROM numbers WHERE name = ?').run(name));
}

function putAndThrow(name: string, value: number): Promise<unknown> {
  return store.write(() => {
    store.db.prepare('INSERT OR REPLACE INTO numbers (name, value) VALUES (?, ?)').run(name, value);
    throw new Error('no');
  });
}
