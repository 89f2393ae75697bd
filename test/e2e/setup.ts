import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../tools/build.ts';
import type { InstalledEditor } from '../../tools/editor.ts';
import { installEditor } from '../../tools/editor.ts';
import { installExtension } from '../../tools/lib/code-server.ts';
import { packageExtension } from '../../tools/package.ts';
import { Project } from './project.ts';

/**
 * Once for all end-to-end tests: VS Code, the extension packaged and installed as a user gets it, and a project whose
 * pipeline has run, for the tests that begin after that.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const editor = await installEditor();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'crisol-e2e-'));
  const extensions = join(folder, 'extensions');
  await build();
  const [trained] = await Promise.all([trainOnce(), installPackaged(editor, folder, extensions)]);
  project.provide('editor', editor);
  project.provide('extensions', extensions);
  project.provide('trained', trained.folder);
  return () => {
    trained.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function installPackaged(editor: InstalledEditor, folder: string, extensions: string): Promise<void> {
  await installExtension({ editor, home: join(folder, 'home'), extensions }, await packageExtension());
}

async function trainOnce(): Promise<Project> {
  const project = await Project.ofSample();
  await project.crisol('run');
  await project.crisol('down');
  return project;
}
