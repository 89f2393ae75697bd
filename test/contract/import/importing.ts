import { Api } from '../../../daemon/cli/api.ts';
import { importInto } from '../../../daemon/cli/import-target.ts';
import type { Target } from '../../../daemon/import/carrying/index.ts';
import { carryOver } from '../../../daemon/import/carrying/index.ts';
import type { Problem } from '../../../daemon/import/reading/index.ts';
import { openSource, Problems } from '../../../daemon/import/reading/index.ts';
import type { ImportTally } from '../../../schemas/wire/import.ts';
import type { MlflowServer } from '../mlflow/mlflow-server.ts';
import { TOKEN } from '../mlflow/mlflow-server.ts';

export interface ImportOptions {
  artifacts?: string;
  /** what stands between the import and the server */
  through?: (target: Target) => Target;
  signal?: AbortSignal;
}

export function targetOf({ url }: MlflowServer): Target {
  return importInto(new Api({ url, token: TOKEN }));
}

/** Imports as `crisol import mlruns` does. */
export async function importFrom(
  server: MlflowServer,
  path: string,
  { artifacts, through = (target) => target, signal = new AbortController().signal }: ImportOptions = {},
): Promise<{ tally: ImportTally; problems: Problem[] }> {
  const problems = new Problems();
  const source = openSource(path, { problems, artifacts });
  try {
    const target = through(targetOf(server));
    const tally = await carryOver({ source, target, problems, signal, onProgress: () => {} });
    return { tally, problems: problems.list };
  } finally {
    source.close();
  }
}
