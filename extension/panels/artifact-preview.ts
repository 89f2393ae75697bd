import type { ArtifactKind } from '../../schemas/panels/artifact-kinds.ts';
import { artifactKind, BEGINNING, imageType, NEVER_ABOVE, WHOLE_UP_TO } from '../../schemas/panels/artifact-kinds.ts';
import type { ArtifactPreview } from '../../schemas/panels/run-details.ts';
import type { ArtifactReader } from '../daemon/artifacts.ts';
import { problemOf } from './connection.ts';

export interface WantedPreview {
  run_id: string;
  path: string;
  /** although it is large */
  insist: boolean;
}

/** Reads as much of a file as can be shown of it. */
export async function previewOf(
  artifacts: Pick<ArtifactReader, 'stat' | 'read' | 'table'>,
  { run_id, path, insist }: WantedPreview,
): Promise<ArtifactPreview> {
  const kind = artifactKind(path);
  try {
    if (kind === 'parquet') return { kind: 'rows', table: await artifacts.table(run_id, path) };
    const limit = wholeLimit(kind);
    if (limit !== undefined) {
      const bytes = (await artifacts.stat(run_id, path))?.bytes ?? 0;
      const showable = bytes <= NEVER_ABOVE;
      if (bytes > limit && !(insist && showable)) return { kind: 'too-large', bytes, showable };
    }
    const { content, bytes } = await artifacts.read(run_id, path, beginningOf(kind));
    if (kind === 'image') return { kind, url: `data:${imageType(path)};base64,${base64(content)}`, bytes };
    return asText(kind, content, bytes);
  } catch (thrown) {
    return { kind: 'failed', problem: problemOf(thrown) };
  }
}

function wholeLimit(kind: ArtifactKind): number | undefined {
  return WHOLE_UP_TO[kind];
}

function beginningOf(kind: ArtifactKind): number | undefined {
  return kind === 'table' || kind === 'markdown' || kind === 'text' ? BEGINNING[kind] : undefined;
}

function asText(kind: Exclude<ArtifactKind, 'image' | 'parquet'>, content: Uint8Array, bytes: number): ArtifactPreview {
  const whole = content.length === bytes;
  try {
    // a beginning may end in the middle of a sign, which a stream waits for
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content, { stream: !whole });
    return text.includes('\0') ? { kind: 'binary', bytes } : { kind, text, bytes, whole };
  } catch {
    return { kind: 'binary', bytes };
  }
}

function base64(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
}
