import type { ImportTally } from '../../../schemas/wire/import.ts';
import { messageOf } from '../../base/errors.ts';
import type { ArtifactPlace } from '../reading/index.ts';
import { endsAll } from './failures.ts';
import type { Target } from './target.ts';

export interface FilesParts {
  target: Target;
  tally: ImportTally;
  /** when the user gives up */
  signal: AbortSignal;
}

/** Sends what lies in a folder, and answers how many files were not there before; what is refused is noted. */
export async function sendFiles(
  { target, tally, signal }: FilesParts,
  place: ArtifactPlace,
  to: string,
  mayBeThere: boolean,
): Promise<number> {
  if (place.kind !== 'folder') return 0;
  let sum = 0;
  for (const { name, path } of place.tree.files(place.folder)) {
    signal.throwIfAborted();
    const real = place.tree.real(path);
    if (real === undefined) continue;
    try {
      const sent = await target.file(`${to}/${name}`, real, mayBeThere);
      if (sent === undefined) continue;
      sum++;
      tally.artifacts++;
      tally.bytes += sent;
    } catch (failure) {
      if (endsAll(failure)) throw failure;
      place.tree.note(path, messageOf(failure));
    }
  }
  return sum;
}
