import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MODEL_FILES } from '../../schemas/model.ts';
import type { Artifacts } from '../artifacts/index.ts';
import type { ModelFiles } from './files.ts';
import { DESCRIPTION, loadable } from './loadable.ts';
import type { VersionRecord } from './records.ts';
import type { ModelRow } from './repository.ts';

/** A sample of the training rows stays at home. */
const COPIED = [MODEL_FILES.onnx, MODEL_FILES.signature];

/**
 * Our own models among the artifacts, so that MLflow's client finds and loads them. This is done when they are first asked for:
 * a pipeline that registers often then does not keep everything twice.
 */
export class Publishing {
  private readonly artifacts: Pick<Artifacts, 'put' | 'stat' | 'delete'>;
  private readonly files: ModelFiles;

  constructor(artifacts: Pick<Artifacts, 'put' | 'stat' | 'delete'>, files: ModelFiles) {
    this.artifacts = artifacts;
    this.files = files;
  }

  async publish({ folder }: ModelRow, version: VersionRecord): Promise<string> {
    const place = placeOf(folder, version.version);
    // it comes last
    if (this.artifacts.stat(`${place}/${DESCRIPTION}`)) return place;
    const source = this.files.folder(folder, version.version);
    for (const name of COPIED) await this.artifacts.put(`${place}/${name}`, createReadStream(join(source, name)));
    for (const [name, text] of loadable(version)) {
      await this.artifacts.put(`${place}/${name}`, Readable.from([Buffer.from(text)]));
    }
    return place;
  }

  async unpublish(folder: string, version: number): Promise<void> {
    await this.artifacts.delete(placeOf(folder, version));
  }
}

/** Experiments have numbers: none is called "models". */
function placeOf(folder: string, version: number): string {
  return `models/${folder}/${version}`;
}
