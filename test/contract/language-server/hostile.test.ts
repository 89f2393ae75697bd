import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { LanguageClient } from './client.ts';

const SECRET = 'told-to-nobody';

/** Folders come from anybody: opening a file of one must not read what lies elsewhere, wait for ever, or end the server. */
describe.skipIf(process.platform === 'win32')('the language server in a folder of somebody who means ill', () => {
  let client: LanguageClient;
  let outside: TempWorkspace;
  let inside: TempWorkspace;
  const uriOf = (path: string) => pathToFileURL(inside.path(path)).href;

  beforeEach(async () => {
    outside = new TempWorkspace({ files: { 'own.yaml': `mine: ${SECRET}\n` } });
    inside = new TempWorkspace();
    client = new LanguageClient();
    await client.initialize();
  });
  afterEach(async () => {
    expect(await client.stop()).toBe(0);
    inside.dispose();
    outside.dispose();
  });

  const pipe = (path: string) => execFileSync('mkfifo', [inside.path(path)]);

  /** What stands where the file says `|`, once the server has looked at the disk as long as it wants to. */
  async function hoverAt(path: string, marked: string): Promise<string> {
    const [before = '', after = ''] = marked.split('|');
    await client.open(uriOf(path), before + after);
    await client.diagnostics(uriOf(path));
    const lines = before.split('\n');
    const told = await client.hover(uriOf(path), lines.length - 1, lines.at(-1)?.length ?? 0);
    return JSON.stringify(told);
  }

  it.each([
    ['an address', () => `file:${outside.path('own.yaml')}`],
    ['an encoded way up', () => `%2e%2e/%2e%2e/${basename(outside.path('..'))}/workspace/own.yaml`],
    ['a link', () => 'link.yaml'],
    ['a way up', () => outside.path('own.yaml').replace(/^/, '../../../../../..')],
  ])('reads no values of a dvc.yaml from elsewhere: %s', async (_, path) => {
    symlinkSync(outside.path('own.yaml'), inside.path('link.yaml'));
    const text = `vars: ["${path()}", {known: 1}]\nstages:\n  a:\n    cmd: x \${mi|ne}\n`;
    expect(await hoverAt('dvc.yaml', text)).not.toContain(SECRET);
  });

  it('does not wait for a params file of a dvc.yaml that is a pipe, nor for an endless one', async () => {
    pipe('params.yaml');
    symlinkSync('/dev/zero', inside.path('zero.yaml'));
    const text = `vars: [zero.yaml, "file:/dev/zero", {known: 17}]\nstages:\n  a:\n    cmd: x \${kno|wn}\n`;
    expect(await hoverAt('dvc.yaml', text)).toContain('17');
  });

  it('does not wait for pipes and devices that a crisol.yaml names, nor reads what is elsewhere', async () => {
    pipe('part.crisol.yaml');
    pipe('params.json');
    symlinkSync('/dev/zero', inside.path('zero.yaml'));
    symlinkSync(outside.path('own.yaml'), inside.path('link.yaml'));
    const text = [
      'version: 1',
      'include: part.crisol.yaml',
      'params: [params.json, zero.yaml, link.yaml, "../own.yaml"]',
      `steps: {a: {run: "echo \${{ params.mi|ne }}", deps: [params.json, /dev/zero]}}`,
      '',
    ].join('\n');
    expect(await hoverAt('crisol.yaml', text)).not.toContain(SECRET);
  });

  it('goes on where a path is half a character', async () => {
    const text =
      'version: 1\ninclude: ["\\ud800.crisol.yaml"]\nparams: ["\\udfff.yaml"]\nste|ps: {a: {run: x, deps: ["\\ud83d"]}}\n';
    expect(await hoverAt('crisol.yaml', text)).toContain('steps');
    expect(
      await hoverAt('dvc.yaml', `vars: ["\\ud800.yaml", {known: 17}]\nstages: {a: {cmd: "x \${kno|wn}"}}\n`),
    ).toContain('17');
  });
});
