import { lstat, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { RequestError } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { readVariables, withoutVariables, withVariables } from './env-file.ts';
import { standingOf } from './ignored.ts';
import { showInfo } from './messages.ts';
import { liesIn, writeSecret } from './secret-file.ts';
import { ADDRESS, TOKEN, variablesFor } from './variables.ts';

const NAMES = [ADDRESS, TOKEN];
const AGREED = 'crisol.notebooks.file';

/**
 * Notebooks run in kernels, which get none of a terminal's variables: Jupyter and Python read them from the file that
 * `python.envFile` names, for each kernel that starts. A person agrees first; afterwards the lines follow the daemon.
 */
export class Notebooks implements vscode.Disposable {
  private readonly link: DaemonLink;
  private readonly folder: () => vscode.Uri | undefined;
  private readonly memory: vscode.Memento;
  private readonly listening: { dispose(): void };

  constructor(link: DaemonLink, folder: () => vscode.Uri | undefined, memory: vscode.Memento) {
    this.link = link;
    this.folder = folder;
    this.memory = memory;
    this.listening = link.onState(() => void this.follow());
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Asks, and says which lines of which file; where they are there already, offers to take them away. */
  async choose(): Promise<void> {
    const folder = this.folder()?.fsPath;
    if (folder === undefined) return;
    const file = envFile(folder);
    if (!(await liesIn(folder, file))) throw outside(file);
    const text = await readPlain(file);
    const present = readVariables(text);
    if (this.memory.get(AGREED) === file && NAMES.every((name) => name in present)) return this.remove(file, text);
    await this.write(folder, file, text);
  }

  private async write(folder: string, file: string, text: string): Promise<void> {
    await this.link.call('GET', '/status');
    if (this.link.state.kind !== 'connected') return;
    const values = variablesFor(this.link.state.address);
    const standing = await standingOf(file);
    if (standing === 'tracked') throw refused(t('{0} is under version control: a token in it would be shared.', file));
    const replaced = NAMES.filter((name) => name in readVariables(text));
    const detail = [
      t('These two lines are written to {0}, which Jupyter and Python read when a kernel starts:', file),
      `${ADDRESS}=${values[ADDRESS]}\n${TOKEN}=…`,
      t('The token is a secret: whoever has it can log to Crisol as you. The rest of the file stays as it is.'),
      ...(replaced.length > 0 ? [t('Replaced: {0}', replaced.join(', '))] : []),
      ...(standing === 'seen' ? [t('The file is added to .gitignore, so that git does not take it.')] : []),
    ].join('\n\n');
    const title = t('Let notebooks log to Crisol?');
    const write = t('Write');
    if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, write)) !== write) return;
    if (standing === 'seen') await ignore(folder, file);
    await writeSecret(file, withVariables(text, values));
    await this.memory.update(AGREED, file);
    void showInfo(t('Notebooks log to Crisol as soon as their kernels are restarted.'));
  }

  private async remove(file: string, text: string): Promise<void> {
    const title = t('Notebooks log to Crisol. Take that away again?');
    const detail = t('The lines {0} are removed from {1}.', NAMES.join(', '), file);
    const remove = t('Remove');
    if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, remove)) !== remove) return;
    await writeFile(file, withoutVariables(text, NAMES));
    await this.memory.update(AGREED, undefined);
  }

  /** Address and token rarely change; when they do, what was agreed to still holds for that file. */
  private async follow(): Promise<void> {
    const folder = this.folder()?.fsPath;
    if (this.link.state.kind !== 'connected' || folder === undefined) return;
    const file = envFile(folder);
    if (this.memory.get(AGREED) !== file || !(await liesIn(folder, file))) return;
    const values = variablesFor(this.link.state.address);
    const text = await readPlain(file).catch(() => '');
    const present = readVariables(text);
    if (!NAMES.every((name) => name in present)) return;
    if (NAMES.every((name) => present[name] === values[name])) return;
    // it may have been put under version control since
    if ((await standingOf(file)) !== 'tracked') await writeSecret(file, withVariables(text, values));
  }
}

/** Only inside of the folder: other projects have other daemons. */
function envFile(folder: string): string {
  const named = vscode.workspace.getConfiguration('python', vscode.Uri.file(folder)).get<string>('envFile') || '.env';
  const plain = named.replaceAll(/\$\{workspaceFolder(:[^}]*)?\}/g, folder).replaceAll(`\${workspaceRoot}`, folder);
  const file = resolve(folder, plain);
  const inside = relative(folder, file);
  if (inside.startsWith('..') || isAbsolute(inside) || inside.includes('${')) {
    throw outside(named);
  }
  return file;
}

function outside(named: string): RequestError {
  return refused(t('python.envFile is {0}, which is not a file of this folder.', named));
}

/** Empty when it is not there. A link could lead anywhere. */
async function readPlain(file: string): Promise<string> {
  const found = await lstat(file).catch(() => undefined);
  if (!found) return '';
  if (!found.isFile()) throw refused(t('{0} is a link or a folder, not a file.', file));
  return readFile(file, 'utf8');
}

async function ignore(folder: string, file: string): Promise<void> {
  const list = join(folder, '.gitignore');
  const before = await readPlain(list);
  const end = before === '' || before.endsWith('\n') ? '' : '\n';
  await writeFile(list, `${before}${end}/${relative(folder, file).split(sep).join('/')}\n`);
}

function refused(message: string): RequestError {
  return new RequestError('INVALID_PARAMETER_VALUE', message);
}
