import * as vscode from 'vscode';
import type { ArtifactReader } from '../daemon/artifacts.ts';
import { isMissing } from '../daemon/artifacts.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { asRequestError, inWords } from '../daemon/link.ts';
import { WatchedArtifacts } from '../daemon/watched-artifacts.ts';

const SCHEME = 'crisol-artifact';

/** The run's id is the authority: `crisol-artifact://RUN/model/MLmodel`. */
export function artifactUri(runId: string, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, authority: runId, path: `/${path}` });
}

/** What runs keep as files, for any editor of VS Code to read. */
export function provideArtifactFiles(
  artifacts: ArtifactReader,
  link: Pick<DaemonLink, 'subscribe'>,
): vscode.Disposable {
  const files = new ArtifactFiles(artifacts, link);
  const options = { isCaseSensitive: true, isReadonly: true };
  return vscode.Disposable.from(files, vscode.workspace.registerFileSystemProvider(SCHEME, files, options));
}

class ArtifactFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly artifacts: ArtifactReader;
  private readonly watched: WatchedArtifacts;

  constructor(artifacts: ArtifactReader, link: Pick<DaemonLink, 'subscribe'>) {
    this.artifacts = artifacts;
    this.watched = new WatchedArtifacts(link, ({ run_id, path }) =>
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri: artifactUri(run_id, path) }]),
    );
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const path = pathIn(uri);
    const facts = await inVsCodesWords(uri, async () => {
      if (path !== '') return this.artifacts.stat(uri.authority, path);
      await this.artifacts.list(uri.authority, '');
      return undefined;
    });
    if (!facts) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0, permissions: READ_ONLY };
    const { bytes, modified_at } = facts;
    const mtime = modified_at + this.watched.timesChanged({ run_id: uri.authority, path });
    const times = { ctime: modified_at, mtime };
    return { type: vscode.FileType.File, ...times, size: bytes, permissions: READ_ONLY };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await inVsCodesWords(uri, () => this.artifacts.list(uri.authority, pathIn(uri)));
    return entries.map(({ path, bytes }) => [
      path.slice(path.lastIndexOf('/') + 1),
      bytes === null ? vscode.FileType.Directory : vscode.FileType.File,
    ]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { content } = await inVsCodesWords(uri, () => this.artifacts.read(uri.authority, pathIn(uri)));
    return content;
  }

  /** What a run kept stays as it is, but for a script that logs it again. */
  watch(uri: vscode.Uri): vscode.Disposable {
    const watching = this.watched.watch({ run_id: uri.authority, path: pathIn(uri) });
    return { dispose: () => watching.dispose() };
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

const READ_ONLY = vscode.FilePermission.Readonly;

function pathIn({ path }: vscode.Uri): string {
  return path.replace(/^\/+|\/+$/g, '');
}

async function inVsCodesWords<T>(uri: vscode.Uri, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (isMissing(thrown)) throw vscode.FileSystemError.FileNotFound(uri);
    throw vscode.FileSystemError.Unavailable(inWords(asRequestError(thrown)));
  }
}
