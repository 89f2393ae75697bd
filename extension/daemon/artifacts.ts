import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { pathOfArtifactUri } from '../../schemas/artifact-uri.ts';
import type { MlflowFiles } from '../../schemas/external/mlflow/artifacts.ts';
import type { MlflowRun } from '../../schemas/external/mlflow/runs.ts';
import { naturally } from '../../schemas/natural-order.ts';
import { modelFolder, modelPlace } from '../../schemas/panels/artifact-paths.ts';
import type { ArtifactEntry, LoggedModelName } from '../../schemas/panels/run-details.ts';
import type { ArtifactTable } from '../../schemas/wire/artifact-table.ts';
import { APP_PREFIX } from '../../schemas/wire/prefix.ts';
import { RequestError } from './link.ts';

/** A way to the daemon for what is no JSON of its own interface. */
export interface DaemonFiles {
  fetch(path: string, options?: RequestInit): Promise<Response>;
}

export interface ArtifactFacts {
  bytes: number;
  /** 0: nobody knows */
  modified_at: number;
}

export interface ArtifactPart {
  content: Uint8Array;
  /** of the whole file */
  bytes: number;
}

const MLFLOW = '/api/2.0/mlflow';

interface ModelsPage {
  models?: { info: LoggedModelName }[];
  next_page_token?: string;
}

/** What runs keep as files. Each rejects with a `RequestError`. */
export class ArtifactReader {
  private readonly daemon: DaemonFiles;
  /** where the files of a run or a model lie, which never changes */
  private readonly roots = new Map<string, string>();

  constructor(daemon: DaemonFiles) {
    this.daemon = daemon;
  }

  /**
   * What lies in a folder, folders first; nothing where there is nothing. The top is '', where models that the run logged lie
   * as well.
   */
  async list(runId: string, folder: string): Promise<ArtifactEntry[]> {
    const parts = [this.entries(runId, folder), folder === '' ? this.modelFolders(runId) : []];
    return (await Promise.all(parts)).flat().sort(foldersFirst);
  }

  private async modelFolders(runId: string): Promise<ArtifactEntry[]> {
    const models = await this.modelsOf(runId);
    return models.map(({ name, model_id }) => ({ path: modelFolder(name, model_id), bytes: null }));
  }

  private async entries(runId: string, folder: string): Promise<ArtifactEntry[]> {
    const model = modelPlace(folder);
    const address = model
      ? `logged-models/${encodeURIComponent(model.model_id)}/artifacts/directories?${new URLSearchParams({ artifact_directory_path: model.path })}`
      : `artifacts/list?${new URLSearchParams({ run_id: runId, path: folder })}`;
    const { root_uri, files = [] } = await this.ask<MlflowFiles & { root_uri: string }>(address);
    const root = pathOfArtifactUri(root_uri);
    if (root !== undefined) this.roots.set(model?.model_id ?? runId, root);
    const above = model ? `${folder.split('/', 1)[0]}/` : '';
    return files.map(({ path, is_dir, file_size = 0 }) => ({ path: above + path, bytes: is_dir ? null : file_size }));
  }

  /** Models that it logged, whose files are kept apart from its own. */
  async modelsOf(runId: string): Promise<LoggedModelName[]> {
    const { run } = await this.ask<{ run: MlflowRun }>(`runs/get?${new URLSearchParams({ run_id: runId })}`);
    const filter = `source_run_id = '${runId.replaceAll("'", "''")}'`;
    const found: LoggedModelName[] = [];
    let page_token: string | undefined;
    do {
      const page = await this.ask<ModelsPage>('logged-models/search', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ experiment_ids: experimentsOf(run), filter, page_token }),
      });
      found.push(...(page.models ?? []).map(({ info: { model_id, name } }) => ({ model_id, name })));
      page_token = page.next_page_token;
    } while (page_token);
    return found;
  }

  /** Undefined for a folder. */
  async stat(runId: string, path: string): Promise<ArtifactFacts | undefined> {
    try {
      const { headers } = await this.get(runId, path, { method: 'HEAD' });
      const bytes = Number(headers.get('content-length') ?? 0);
      return { bytes, modified_at: Date.parse(headers.get('last-modified') ?? '') || 0 };
    } catch (thrown) {
      if (isMissing(thrown) || (await this.list(runId, path)).length === 0) throw thrown;
      return undefined;
    }
  }

  /** All of it, or its first bytes. */
  async read(runId: string, path: string, most?: number): Promise<ArtifactPart> {
    // of an empty file there is no first byte
    const known = most === undefined ? undefined : await this.stat(runId, path);
    const part = known && most !== undefined && known.bytes > most;
    const response = await this.get(runId, path, part ? { headers: { range: `bytes=0-${most - 1}` } } : {});
    const content = new Uint8Array(await response.arrayBuffer());
    return { content, bytes: part ? known.bytes : content.length };
  }

  /** To a file on this disk, which is there once all of it is; `report` is told how many bytes came. */
  async save(runId: string, path: string, target: string, { signal, report }: SaveOptions): Promise<void> {
    const { body } = await this.get(runId, path, { signal });
    // made new, under a name that nobody could foresee: a repository may bring a link that leads to a file of the user
    const unfinished = `${target}.${randomUUID()}.part`;
    try {
      const file = createWriteStream(unfinished, { flags: 'wx' });
      await pipeline(body ? chunksOf(body, report) : [], file, { signal });
      await rename(unfinished, target);
    } catch (thrown) {
      await rm(unfinished, { force: true });
      throw thrown;
    }
  }

  private async ask<Answer>(address: string, options?: RequestInit): Promise<Answer> {
    const response = await this.daemon.fetch(`${MLFLOW}/${address}`, options);
    return (await response.json()) as Answer;
  }

  /** The first rows of a Parquet file. */
  async table(runId: string, path: string): Promise<ArtifactTable> {
    const query = new URLSearchParams({ path: await this.placeOf(runId, path) });
    const response = await this.daemon.fetch(`${APP_PREFIX}/artifacts/table?${query}`);
    return (await response.json()) as ArtifactTable;
  }

  private async get(runId: string, path: string, options: RequestInit): Promise<Response> {
    const place = await this.placeOf(runId, path);
    const encoded = place.split('/').map(encodeURIComponent).join('/');
    return this.daemon.fetch(`${MLFLOW}-artifacts/artifacts/${encoded}`, options);
  }

  /** Where the daemon keeps it, among all artifacts. */
  private async placeOf(runId: string, path: string): Promise<string> {
    // a URL would climb with it, to whatever else the daemon answers; links in artifacts may say so
    if (path.split('/').some((name) => name === '..' || name === '.'))
      throw new RequestError('RESOURCE_DOES_NOT_EXIST', `There is no artifact '${path}'.`);
    const model = modelPlace(path);
    const owner = model?.model_id ?? runId;
    if (!this.roots.has(owner)) await this.entries(runId, model ? modelFolder('', owner) : '');
    const root = this.roots.get(owner);
    if (root === undefined) throw new RequestError('RESOURCE_DOES_NOT_EXIST', `Run ${runId} keeps no files here.`);
    return `${root}/${model?.path ?? path}`;
  }
}

export interface SaveOptions {
  signal: AbortSignal;
  report: (bytes: number) => void;
}

export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'RESOURCE_DOES_NOT_EXIST';
}

async function* chunksOf(body: ReadableStream<Uint8Array>, report: SaveOptions['report']): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    report(value.length);
    yield value;
  }
}

/** A run that was moved left the models that it had logged where its files are. */
function experimentsOf({ info: { experiment_id, artifact_uri } }: MlflowRun): string[] {
  const first = pathOfArtifactUri(artifact_uri)?.split('/', 1)[0] ?? '';
  return [...new Set([experiment_id, ...(/^\d+$/.test(first) ? [first] : [])])];
}

function foldersFirst(a: ArtifactEntry, b: ArtifactEntry): number {
  const folders = Number(b.bytes === null) - Number(a.bytes === null);
  return folders || naturally(a.path, b.path);
}
