import { chmodSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startCompiled } from '../../../compiled/start.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const HONEST = `exports.say = () => 'honest';`;
const WICKED = `exports.say = () => 'wicked';`;

const places: TempWorkspace[] = [];
afterEach(() => {
  for (const place of places.splice(0)) place.dispose();
});

function newPlace() {
  const place = new TempWorkspace({ files: { 'program.cjs': HONEST } });
  places.push(place);
  const [program, folder] = [place.path('program.cjs'), place.path('cache', 'compiled')];
  return {
    place,
    program,
    folder,
    start: () => startCompiled<{ say: () => string }>(program, folder),
    kept: () => readdirSync(folder).map((name) => join(folder, name)),
  };
}

/** What is kept says in its code another thing than in its text: so one sees which of them runs. */
async function withOtherCode() {
  const all = newPlace();
  writeFileSync(all.program, WICKED);
  const { exports, keep } = all.start();
  exports.say();
  await keep();
  writeFileSync(all.program, HONEST);
  const [file = ''] = all.kept();
  const told = readFileSync(file);
  told.write(HONEST, told.length - HONEST.length);
  writeFileSync(file, told);
  return { ...all, file };
}

describe('a program that is started with what was compiled of it', () => {
  it('does what it does, and is compiled no more', async () => {
    const { start, kept } = newPlace();
    const { exports, keep } = start();
    expect(exports.say()).toBe('honest');
    await keep();
    expect(kept()).toHaveLength(1);
    expect((await withOtherCode()).start().exports.say()).toBe('wicked');
  });

  it('is compiled again when it is another one, and kept then', async () => {
    const { start, kept, program } = newPlace();
    await start().keep();
    writeFileSync(program, WICKED);
    const { exports, keep } = start();
    expect(exports.say()).toBe('wicked');
    await keep();
    expect(kept().map((path) => readFileSync(path, 'latin1').endsWith(WICKED))).toEqual([true]);
  });

  it('is written once, as long as there is no more of it', async () => {
    const { start, kept } = newPlace();
    const first = start();
    first.exports.say();
    await first.keep();
    const [file = ''] = kept();
    const { ino } = statSync(file);
    const second = start();
    second.exports.say();
    await second.keep();
    expect(statSync(file).ino).toBe(ino);
  });

  it('is written again when more of it was needed, by this start or the next', async () => {
    const { start, kept, program } = newPlace();
    const parts = Array.from({ length: 50 }, (_, at) => `(x) => [x * ${at}, 'part ${at}', x + ${at}].join()`);
    writeFileSync(
      program,
      `const parts = [${parts.join(', ')}]; exports.say = () => parts.map((part) => part(1)).join();`,
    );
    const size = () => statSync(kept()[0] ?? '').size;
    const first = start();
    await first.keep();
    const little = size();
    first.exports.say();
    await first.keep();
    const more = size();
    expect(more).toBeGreaterThan(little);
    await start().keep();
    expect(size()).toBe(more);
  });

  it('keeps that of a few versions', async () => {
    const { start, kept, program } = newPlace();
    const versions = Array.from({ length: 7 }, (_, version) => HONEST.padEnd(100 + version));
    for (const version of versions) {
      writeFileSync(program, version);
      await start().keep();
    }
    expect(kept()).toHaveLength(4);
    expect(kept().some((path) => readFileSync(path, 'latin1').endsWith(versions[6] ?? ''))).toBe(true);
  });

  it('is alone with it in its folder', async () => {
    const { start, kept, folder } = newPlace();
    await start().keep();
    expect([folder, ...kept()].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  });
});

describe.runIf(process.platform !== 'win32')('what others may have written is not run', () => {
  it.each([
    ['a file that they may write', (file: string) => chmodSync(file, 0o622)],
    ['a file that the group may write', (file: string) => chmodSync(file, 0o620)],
    ['a folder that they may write', (_: string, folder: string) => chmodSync(folder, 0o777)],
    [
      'a link',
      (file: string) => {
        renameSync(file, `${file}.elsewhere`);
        symlinkSync(`${file}.elsewhere`, file);
      },
    ],
    [
      'a link in place of the folder',
      (_: string, folder: string) => {
        renameSync(folder, `${folder}.elsewhere`);
        symlinkSync(`${folder}.elsewhere`, folder);
      },
    ],
  ])('%s', async (_, change) => {
    const { start, file, folder } = await withOtherCode();
    change(file, folder);
    expect(start().exports.say()).toBe('honest');
  });

  it('nor is anything written where they may', async () => {
    const { start, kept, folder } = newPlace();
    await start().keep();
    const [file = ''] = kept();
    writeFileSync(file, '');
    chmodSync(folder, 0o777);
    await start().keep();
    expect(readFileSync(file)).toHaveLength(0);
  });
});

describe('nothing is lost where nothing can be kept', () => {
  it.each([
    ['nothing in it', Buffer.alloc(0)],
    ['a beginning', Buffer.alloc(5, 1)],
    ['a length beyond its end', Buffer.from([255, 255, 255, 255, 0, 0, 0, 0, 1, 2])],
    ['nothing but the text', Buffer.concat([Buffer.alloc(8), Buffer.from(HONEST)])],
    ['other code', Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]), Buffer.from(HONEST)])],
  ])('a file with %s counts as none, and is written anew', async (_, content) => {
    const { start, kept } = newPlace();
    await start().keep();
    const [file = ''] = kept();
    const { size } = statSync(file);
    writeFileSync(file, content);
    const { exports, keep } = start();
    expect(exports.say()).toBe('honest');
    await keep();
    expect(statSync(file).size).toBeGreaterThanOrEqual(size);
  });

  it('a file stands where its folder should be', async () => {
    const { start, place } = newPlace();
    writeFileSync(place.path('cache'), 'a file');
    const { exports, keep } = start();
    await keep();
    expect(exports.say()).toBe('honest');
    expect(readFileSync(place.path('cache'), 'utf8')).toBe('a file');
  });
});
