import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bin } from '../../tools/lib/bin.ts';
import { exec } from '../../tools/lib/exec.ts';

/** Packs an extension of these files; its manifest is one of them. */
export async function packExtension(folder: string, files: Record<string, string>): Promise<string> {
  const source = join(folder, 'source');
  mkdirSync(source, { recursive: true });
  for (const [name, text] of Object.entries({ ...files, LICENSE: 'MIT' })) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  const vsix = join(folder, 'packed.vsix');
  const args = [bin('@vscode/vsce', 'vsce'), 'package', '--allow-missing-repository', '--out', vsix];
  const { code, output } = await exec(process.execPath, args, { cwd: source });
  if (code !== 0) throw new Error(output);
  return vsix;
}
