import { lstatSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '../../base/git.ts';
import { repositoryAround } from '../../base/git-repository.ts';
import { patternOf, patternsIn, withPatterns } from './ignore-block.ts';
import { writeUsersFile } from './users-file.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Rule C9. One block in the .gitignore at the top of the workspace: a file of ours in the folders of outs would be among what
 * other steps read.
 */
export class GitIgnore {
  private readonly workspace: string;
  private readonly umask: number;
  private readonly file: string;
  private done: string | undefined;

  constructor(workspace: string, umask: number) {
    this.workspace = workspace;
    this.umask = umask;
    this.file = join(workspace, '.gitignore');
  }

  /** From now on these are ignored, as far as git does not know or ignore them anyway. */
  async update(outs: readonly string[]): Promise<void> {
    if (this.done === this.identityOf(outs)) return;
    const found = lstatSync(this.file, { throwIfNoEntry: false });
    const prefix = await this.placeInRepository();
    // a link leads to a file that is not this repository's alone
    if (prefix === undefined || (found && !found.isFile())) return;
    const text = found ? readFileSync(this.file, 'utf8') : '';
    const patterns = await this.wanted(outs, `${prefix}.gitignore`, patternsIn(text));
    if (patterns === undefined) return;
    const next = withPatterns(text, patterns);
    if (next.trim() === '' && text !== '') await rm(this.file, { force: true });
    else if (next !== text) await writeUsersFile(this.file, next, found ? found.mode & 0o777 : 0o666 & ~this.umask);
    this.done = this.identityOf(outs);
  }

  /** The workspace's path in the repository, empty or with a slash at its end; undefined outside of any. */
  private async placeInRepository(): Promise<string | undefined> {
    // before the first step of each run: a process more would be half of what its start takes
    if (repositoryAround(this.workspace) === undefined) return undefined;
    const said = await git(this.workspace, ['rev-parse', '--is-inside-work-tree', '--show-prefix'], MOST_BYTES);
    const [inside, prefix] = said?.text.split('\n') ?? [];
    return inside === 'true' ? prefix : undefined;
  }

  private async wanted(outs: readonly string[], file: string, own: readonly string[]): Promise<string[] | undefined> {
    if (outs.length === 0) return [];
    const tracked = await git(this.workspace, ['--literal-pathspecs', 'ls-files', '-z', '--', ...outs], MOST_BYTES);
    const asked = ['check-ignore', '-z', '--verbose', '--stdin'];
    const answer = await git(this.workspace, asked, MOST_BYTES, { input: `${outs.join('\0')}\0`, nothing: 1 });
    if (!tracked || !answer) return undefined;
    const known = tracked.text.split('\0');
    const ruled = rulesOf(answer.text);
    const needed = outs.filter((out) => {
      const rule = ruled.get(out);
      const isOurs = rule !== undefined && rule.file === file && own.includes(rule.pattern);
      const isTracked = known.some((path) => path === out || path.startsWith(`${out}/`));
      return !isTracked && (rule === undefined || isOurs);
    });
    return needed.flatMap((out) => patternOf(out) ?? []).sort();
  }

  /** As long as these are the same, nothing is asked of git. */
  private identityOf(outs: readonly string[]): string {
    const found = lstatSync(this.file, { bigint: true, throwIfNoEntry: false });
    return JSON.stringify([outs, found ? [found.ino, found.size, found.mtimeNs].map(String) : null]);
  }
}

/** Of `file NUL line NUL pattern NUL path NUL` for each path that a pattern decides about. */
function rulesOf(text: string): Map<string, { file: string; pattern: string }> {
  const fields = text.split('\0');
  const rules = new Map<string, { file: string; pattern: string }>();
  for (let at = 0; at + 3 < fields.length; at += 4) {
    rules.set(fields[at + 3] ?? '', { file: fields[at] ?? '', pattern: fields[at + 2] ?? '' });
  }
  return rules;
}
