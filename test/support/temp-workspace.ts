import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder name with what breaks careless programs. */
export const AWKWARD_NAME = `it's a "ñandú" 🏆 & more`;

export interface TempWorkspaceOptions {
  /** the folder's own name */
  name?: string;
  /** path → content */
  files?: Record<string, string>;
  /** a folder whose content it starts with */
  copyOf?: string;
}

/** A workspace folder of one test, gone after it. */
export class TempWorkspace {
  readonly folder: string;
  private readonly parent: string;

  constructor({ name = 'workspace', files = {}, copyOf }: TempWorkspaceOptions = {}) {
    this.parent = mkdtempSync(join(realpathSync(tmpdir()), 'crisol-'));
    this.folder = join(this.parent, name);
    mkdirSync(this.folder);
    if (copyOf) cpSync(copyOf, this.folder, { recursive: true });
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(this.path(path));
  }

  dispose(): void {
    // a process that ends may still write its last lines
    rmSync(this.parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
