import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeLauncher } from '../../../../extension/vscode/launcher.ts';

test('the command passes on what it is given, from folders with any name, and is written once', async () => {
  const home = mkdtempSync(join(tmpdir(), "crisol ñ's $HOME "));
  try {
    const cli = join(home, 'cli "one".cjs');
    const programs = join(home, 'bin');
    mkdirSync(programs);
    writeFileSync(cli, 'console.log(JSON.stringify(process.argv.slice(2)))');
    await writeLauncher(programs, process.execPath, cli);
    const before = statSync(join(programs, 'crisol')).mtimeMs;
    await writeLauncher(programs, process.execPath, cli);
    expect(statSync(join(programs, 'crisol')).mtimeMs).toBe(before);
    expect(readdirSync(programs)).toEqual(['crisol']);
    const said = execFileSync(join(programs, 'crisol'), ['a b', "it's", '$x'], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(['a b', "it's", '$x']);
  } finally {
    rmSync(home, { recursive: true });
  }
});
