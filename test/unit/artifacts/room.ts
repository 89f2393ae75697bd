import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenArtifact } from '../../../daemon/artifacts/index.ts';
import { createArtifacts } from '../../../daemon/artifacts/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** The room over a real store and a real folder. */
export function openArtifacts(workspace = new TempWorkspace()) {
  const clock = new VirtualClock();
  const file = workspace.path('store.db');
  const store = new Store({ file, migrations, backups: workspace.path('backups'), clock });
  const folder = workspace.path('artifacts');
  return {
    workspace,
    store,
    clock,
    folder,
    artifacts: createArtifacts({ store, folder, clock }),
    /** every file below the folder */
    onDisk: () => filesIn(folder),
    async close() {
      await store.dispose();
      workspace.dispose();
    },
  };
}
export type ArtifactsRoom = ReturnType<typeof openArtifacts>;

export async function* pieces(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text;
}

export async function textOf(artifact: OpenArtifact, range?: { start: number; end: number }): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of artifact.read(range)) parts.push(part);
  return Buffer.concat(parts).toString();
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}
