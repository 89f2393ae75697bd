import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { GitIgnore } from '../../../../daemon/pipelines/cache/git-ignore.ts';
import { patternOf, patternsIn, withPatterns } from '../../../../daemon/pipelines/cache/ignore-block.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
let folder: string;
beforeEach(() => {
  workspace = new TempWorkspace();
  folder = workspace.folder;
});
afterEach(() => workspace.dispose());

const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
const update = (...outs: string[]) => new GitIgnore(folder, 0o022).update(outs);
const untracked = () => git('status', '--porcelain', '--untracked-files=all', '-z').split('\0').filter(Boolean);
const write = (...paths: string[]) => {
  for (const path of paths) workspace.write(join(folder.slice(workspace.folder.length), path), 'x');
};
const text = () => workspace.read(join(folder.slice(workspace.folder.length), '.gitignore'));

describe('C9: in a git repository', () => {
  beforeEach(() => git('init', '--quiet'));

  it('outs are ignored, files and folders, and nothing else of their names', async () => {
    await update('build/model', 'metrics.json');
    write('build/model/weights', 'metrics.json', 'build/other', 'sub/metrics.json');
    expect(untracked()).toEqual(['?? .gitignore', '?? build/other', '?? sub/metrics.json']);
    expect(statSync(join(folder, '.gitignore')).mode & 0o777).toBe(0o644);
    expect(text()).toBe(
      '# outs of crisol.yaml: these lines are kept by Crisol\n/build/model\n/metrics.json\n# end of what Crisol keeps\n',
    );
  });

  it('the lines of the user stay, whatever becomes of ours', async () => {
    write('a');
    workspace.write('.gitignore', '*.log\r\n\r\n# mine\r\n/own');
    await update('a');
    expect(text()).toMatch(/^\*\.log\r\n\r\n# mine\r\n\/own\r\n\r\n# outs of/);
    await update('b');
    expect(patternsIn(text())).toEqual(['/b']);
    await update();
    expect(text()).toBe('*.log\r\n\r\n# mine\r\n/own\r\n');
  });

  it('what is ignored already is not added, wherever that is said', async () => {
    workspace.write('.gitignore', '*.parquet\n/build/\n');
    workspace.write('data/.gitignore', 'out.csv\n');
    workspace.write('.git/info/exclude', 'model\n');
    write('build/x/y');
    await update('a.parquet', 'build/x/y', 'data/out.csv', 'model');
    expect(text()).toBe('*.parquet\n/build/\n');
  });

  it('what the user wants in git is not added', async () => {
    workspace.write('.gitignore', 'build/*\n!build/report.html\n');
    write('metrics.json', 'plots/a.svg');
    git('add', 'metrics.json', 'plots');
    await update('metrics.json', 'plots', 'build/report.html');
    expect(text()).toBe('build/*\n!build/report.html\n');
  });

  it('one that goes leaves, and with the last a file that held nothing else', async () => {
    await update('a', 'b');
    await update('b');
    expect(patternsIn(text())).toEqual(['/b']);
    await update();
    expect(workspace.has('.gitignore')).toBe(false);
  });

  it('names with signs that git reads as patterns mean themselves', async () => {
    const names = ['a*b', 'a?b', '[ab]', '!a', '#a', 'back\\slash', 'blank ', 'ñandú 🏆', ' a'];
    await update(...names);
    write(...names, 'aXb', 'b', 'blank', 'backslash');
    expect(untracked()).toEqual(['?? .gitignore', '?? aXb', '?? b', '?? backslash', '?? blank']);
    await update(...names);
    expect(patternsIn(text())).toHaveLength(names.length);
  });

  it('of a workspace that is a folder of the repository, its own .gitignore has them', async () => {
    folder = join(folder, 'ml');
    mkdirSync(folder);
    await update('out');
    await new GitIgnore(folder, 0o022).update(['out']);
    write('out');
    expect(untracked()).toEqual(['?? ml/.gitignore']);
    expect(patternsIn(text())).toEqual(['/out']);
  });

  it('asks git again only when outs or the file are others', async () => {
    const ignore = new GitIgnore(folder, 0o022);
    await ignore.update(['a']);
    const { mtimeNs } = statSync(join(folder, '.gitignore'), { bigint: true });
    await ignore.update(['a']);
    expect(statSync(join(folder, '.gitignore'), { bigint: true }).mtimeNs).toBe(mtimeNs);
    workspace.write('.gitignore', '*.log\n');
    await ignore.update(['a']);
    expect(text()).toMatch(/^\*\.log\n\n# outs/);
  });
});

it('C9: outside of a repository nothing is written, and no git started, which a step would wait for', async () => {
  workspace.write('bin/git', '#!/bin/sh\n: > "$STARTED"\n');
  chmodSync(workspace.path('bin/git'), 0o755);
  vi.stubEnv('PATH', workspace.path('bin'));
  vi.stubEnv('STARTED', workspace.path('started'));
  onTestFinished(() => void vi.unstubAllEnvs());
  await update('a');
  expect(workspace.has('.gitignore')).toBe(false);
  expect(workspace.has('started')).toBe(false);
});

it('our block comes and goes without a trace in the text around it', () => {
  const lines = fc.array(fc.constantFrom('*.log', '/build', '# a', '', ' ', '!x'), { maxLength: 6 });
  const patterns = fc.uniqueArray(fc.constantFrom('/a', '/b c', '/d/e'), { minLength: 1 });
  fc.assert(
    fc.property(lines, patterns, patterns, (own, first, second) => {
      const before = own.map((line) => `${line}\n`).join('');
      const once = withPatterns(before, first);
      expect(patternsIn(before)).toEqual([]);
      expect(patternsIn(once)).toEqual(first);
      const twice = withPatterns(once, second);
      expect(patternsIn(twice)).toEqual(second);
      expect(withPatterns(twice, first)).toBe(once);
      expect(withPatterns(twice, []).trimEnd()).toBe(before.trimEnd());
      expect(twice.startsWith(before.trimEnd())).toBe(true);
    }),
  );
  expect(patternOf('two\nlines')).toBeNull();
});
