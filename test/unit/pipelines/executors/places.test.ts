import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOf } from '../../../../daemon/pipelines/executors/local/places.ts';

const ROOT = '/f';
/** As a file system sees it that takes great letters for small ones. */
const files = (id: string) => {
  const { log, journal, folder } = placeOf(ROOT, id);
  return { log: log.toLowerCase(), journal: journal.toLowerCase(), folder: folder.toLowerCase() };
};

it('says plain ids as they are', () => {
  expect(placeOf(ROOT, '0af3/train/1')).toEqual({
    folder: '/f/0af3/train',
    log: '/f/0af3/train/1.log',
    journal: '/f/0af3/train/1.jsonl',
  });
  expect(placeOf(ROOT, 'r/train (3, gbdt)/1').folder).toMatch(/^\/f\/r\/train_3_gbdt_~[0-9a-f]{16}$/);
});

it('keeps each step in files of its own, below the root, whatever its name', () => {
  const awkward = fc.constantFrom(
    '..',
    '.',
    '',
    'a/b',
    'a\\b',
    'A',
    'a',
    'con',
    'a.log',
    'x'.repeat(300),
    'ñ 🏆',
    '\n',
    '\0',
  );
  const name = fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 80 }));
  fc.assert(
    fc.property(name, name, (one, other) => {
      const ids = [`r/${one}/1`, `r/${other}/1`, `r/${one}`];
      const found = ids.map(files);
      for (const { log, folder } of found) {
        expect(log).toMatch(/^\/f(\/[a-z0-9_~-]{1,64})+\/[a-z0-9_~-]{1,64}\.log$/);
        // no folder is another's file
        for (const { journal, log: file } of found) expect([file, journal]).not.toContain(folder);
      }
      expect(new Set(found.map(({ log }) => log)).size).toBe(new Set(ids).size);
    }),
  );
});
