import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { pathOfArtifactUri } from '../../schemas/artifact-uri.ts';
import type { MlflowFiles } from '../../schemas/external/mlflow/artifacts.ts';
import { naturally } from '../../schemas/natural-order.ts';
import type { ArtifactEntry, LoggedModelName } from '../../schemas/panels/run-details.ts';
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

/** What runs keep as files. Each rejects with a `RequestError`. */
export class ArtifactReader {
  private readonly daemon: DaemonFiles;
  /** where a run's files lie, which never changes */
  private readonly roots = new Map<string, string>();

  constructor(daemon: DaemonFiles) {
    this.daemon = daemon;
  }

  /** What lies in a folder, folders first; nothing where there is nothing. The top is ''. */
  async list(runId: string, folder: string): Promise<ArtifactEntry[]> {
    const query = new URLSearchParams({ run_id: runId, path: folder });
    const response = await this.daemon.fetch(`${MLFLOW}/artifacts/list?${query}`);
    const { root_uri, files = [] } = (await response.json()) as MlflowFiles & { root_uri: string };
    const root = pathOfArtifactUri(root_uri);
    if (root !== undefined) this.roots.set(runId, root);
    return files
      .map(({ path, is_dir, file_size = 0 }) => ({ path, bytes: is_dir ? null : file_size }))
      .sort(foldersFirst);
  }

  /** Models that it logged, whose files are kept apart from its own. */
  async modelsOf(runId: string, experimentId: string): Promise<LoggedModelName[]> {
    const filter = `source_run_id = '${runId.replaceAll("'", "''")}'`;
    const response = await this.daemon.fetch(`${MLFLOW}/logged-models/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_ids: [experimentId], filter }),
    });
    const { models = [] } = (await response.json()) as { models?: { info: LoggedModelName }[] };
    return models.map(({ info: { model_id, name } }) => ({ model_id, name }));
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
    const unfinished = `${target}.crisol-part`;
    try {
      await pipeline(body ? chunksOf(body, report) : [], createWriteStream(unfinished), { signal });
      await rename(unfinished, target);
    } catch (thrown) {
      await rm(unfinished, { force: true });
      throw thrown;
    }
  }

  private async get(runId: string, path: string, options: RequestInit): Promise<Response> {
    if (!this.roots.has(runId)) await this.list(runId, '');
    const root = this.roots.get(runId);
    if (root === undefined) throw new RequestError('RESOURCE_DOES_NOT_EXIST', `Run ${runId} keeps no files here.`);
    const encoded = `${root}/${path}`.split('/').map(encodeURIComponent).join('/');
    return this.daemon.fetch(`${MLFLOW}-artifacts/artifacts/${encoded}`, options);
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

function foldersFirst(a: ArtifactEntry, b: ArtifactEntry): number {
  const folders = Number(b.bytes === null) - Number(a.bytes === null);
  return folders || naturally(a.path, b.path);
}
