import { closeSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { note, openJournal, readJournal } from '../../../../daemon/pipelines/executors/local/journal.ts';
import type { StepExit } from '../../../../daemon/pipelines/executors/port.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
let file: string;
beforeEach(() => {
  workspace = new TempWorkspace();
  file = workspace.path('1.jsonl');
});
afterEach(() => workspace.dispose());

const INSTANCE = 'a'.repeat(32);
const EXIT: StepExit = { code: 3, how: 'exited', usage: { cpuSeconds: 1, maxMemoryBytes: null, seconds: 2 } };

describe('the journal of a step', () => {
  it('tells how far it came', () => {
    expect(readJournal(file)).toBeUndefined();
    note(file, { instance: INSTANCE });
    expect(readJournal(file)).toEqual({ instance: INSTANCE });
    note(file, { pid: 7, born: 'x:1' });
    note(file, { exit: EXIT });
    expect(readJournal(file)).toEqual({ instance: INSTANCE, pid: 7, born: 'x:1', exit: EXIT });
  });

  it('is never read half, wherever its writer was killed or the disk was full, and goes on after that', () => {
    note(file, { instance: INSTANCE });
    note(file, { pid: 7, born: 'x:1' });
    note(file, { exit: EXIT });
    const whole = workspace.read('1.jsonl');
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(file, whole.slice(0, length));
      const seen = readJournal(file);
      expect(seen?.exit).toBeUndefined();
      note(file, { instance: INSTANCE, exit: EXIT });
      expect(readJournal(file)).toMatchObject({ ...seen, instance: INSTANCE, exit: EXIT });
    }
  });

  it('is opened by whoever begins a step, and by nobody after that', () => {
    const open = () => {
      const handle = openJournal(file);
      if (handle !== undefined) closeSync(handle);
      return handle !== undefined;
    };
    expect(open()).toBe(true);
    // as after a death, or on a full disk, before the first line was whole
    writeFileSync(file, '\n{"insta');
    expect(open()).toBe(true);
    note(file, { instance: INSTANCE });
    expect(open()).toBe(false);
  });

  it('counts as none when it is anything else', () => {
    const other = fc.oneof(fc.json(), fc.string(), fc.constantFrom('{"instance":"../x"}', '{"instance":5}'));
    fc.assert(
      fc.property(fc.array(other), (lines) => {
        writeFileSync(file, `${lines.join('\n')}\n`);
        expect(readJournal(file)).toBeUndefined();
      }),
    );
    for (const wrong of [{ pid: 0 }, { pid: 1 }, { pid: -5 }, { pid: 2.5 }, { born: 5 }, { exit: { code: 'x' } }]) {
      writeFileSync(file, `${JSON.stringify({ instance: INSTANCE, ...wrong })}\n`);
      expect(readJournal(file)).toBeUndefined();
    }
    expect(readJournal(workspace.folder)).toBeUndefined();
  });
});
