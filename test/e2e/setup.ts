import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../tools/build.ts';
import { installEditor } from '../../tools/editor.ts';
import { installExtension } from '../../tools/lib/code-server.ts';
import { packageExtension } from '../../tools/package.ts';

/** Once for all end-to-end tests: VS Code, and the extension packaged and installed as a user gets it. */
export default async function setup(project: TestProject): Promise<() => void> {
  const editor = await installEditor();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'crisol-e2e-'));
  const extensions = join(folder, 'extensions');
  await build();
  await installExtension({ editor, home: join(folder, 'home'), extensions }, await packageExtension());
  project.provide('editor', editor);
  project.provide('extensions', extensions);
  return () => rmSync(folder, { recursive: true, force: true });
}
