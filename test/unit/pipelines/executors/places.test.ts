import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOf } from '../../../../daemon/pipelines/executors/local/places.ts';

const ROOT = '/f';
it('says plain ids as they are', () => {
  expect(placeOf(ROOT, '0af3')).toEqual({ folder: '/f', log: '/f/0af3.log', journal: '/f/0af3.jsonl' });
  expect(placeOf(ROOT, 'train (3, gbdt)').log).toMatch(/^\/f\/train_3_gbdt_~[0-9a-f]{16}\.log$/);
});

it('keeps each step in files of its own, in one folder, whatever its id', () => {
  const awkward = ['..', '.', '', 'a/b', 'a\\b', 'A', 'a', 'con', 'a.log', 'x'.repeat(300), 'ñ 🏆', '\n', '\0'];
  const id = fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary', maxLength: 80 }));
  fc.assert(
    fc.property(id, id, (one, other) => {
      const ids = [one, other];
      // as a file system sees them that takes great letters for small ones
      const logs = ids.map((each) => placeOf(ROOT, each).log.toLowerCase());
      for (const log of logs) expect(log).toMatch(/^\/f\/[a-z0-9_~-]{1,64}\.log$/);
      expect(new Set(logs).size).toBe(new Set(ids).size);
    }),
  );
});
