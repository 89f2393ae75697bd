import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../../../schemas/language/json.ts';
import { canonicalJson } from '../../../schemas/pipelines/canonical-json.ts';
import type { FileDigest } from '../../../schemas/pipelines/digest.ts';
import { leadsOut } from '../../project/index.ts';

/** Rule K4: what is written in the cells of a notebook, not what they gave. Undefined for what is no notebook. */
export async function notebookSources(workspace: string, path: string): Promise<FileDigest | undefined> {
  const file = join(workspace, path);
  if (leadsOut(workspace, file)) return undefined;
  try {
    const notebook: unknown = JSON.parse(await readFile(file, 'utf8'));
    const { cells, metadata } = Object(notebook);
    if (!Array.isArray(cells)) return undefined;
    const text = canonicalJson({ kernel: Object(metadata).kernelspec?.name ?? null, cells: cells.map(sourceOf) });
    return {
      kind: 'file',
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: Buffer.byteLength(text),
      executable: false,
    };
  } catch {
    return undefined;
  }
}

/** Tags say where parameters go. */
function sourceOf(cell: unknown): JsonObject {
  const { cell_type, source, metadata } = Object(cell);
  const tags: JsonValue = Object(metadata).tags ?? [];
  return { type: String(cell_type), source: [source].flat().join(''), tags };
}
