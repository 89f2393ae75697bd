import { readdir } from 'node:fs/promises';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import { notebookIn } from '../../../schemas/language/values/notebook.ts';
import { BUILT_IN_VERSIONS } from '../../../schemas/pipelines/built-in-versions.ts';
import type { Digest, FileDigest } from '../../../schemas/pipelines/digest.ts';
import { identityOf } from '../../../schemas/pipelines/identity.ts';
import type { Dep, KeyParts } from '../../../schemas/pipelines/key.ts';
import { inOrder } from '../../../schemas/pipelines/key.ts';
import { namedParams } from '../../../schemas/pipelines/named-params.ts';
import type { LookOptions } from '../../files/index.ts';
import { notebookSources } from '../notebooks/sources.ts';
import type { RunParams, StepCacheDeps } from './ports.ts';

/** Rule K9: what tools write that pin libraries, and what people write for them. */
const LOCK_FILES =
  /^(?:(?:uv|poetry|pdm|pixi|Pipfile)\.lock|conda-lock\.ya?ml|environment\.ya?ml|requirements[\w.-]*\.(?:txt|lock)|pylock(?:\.[\w-]+)?\.toml)$/;

/** Gathers what a step's result depends on, as it is at this moment. */
export class PartsReader {
  private readonly deps: Pick<StepCacheDeps, 'workspace' | 'files' | 'interpreter'>;

  constructor(deps: Pick<StepCacheDeps, 'workspace' | 'files' | 'interpreter'>) {
    this.deps = deps;
  }

  async partsFor(step: PlannedStep, params: RunParams, options: LookOptions = {}): Promise<KeyParts> {
    const { work, reads, writes, env } = step;
    const isCommand = work.kind === 'run';
    const look = (paths: readonly string[], how: LookOptions) =>
      this.deps.files.digest(paths, { throughLinks: true, ...how });
    // at once: a Python that was never asked takes a while to say which it is
    const [found, locks, interpreter] = await Promise.all([
      look(reads, options),
      // these are small: of how far they are nobody is told
      isCommand
        ? this.lockFiles(writes).then((names) => look(names, { signal: options.signal }))
        : new Map<string, Digest | null>(),
      isCommand ? this.deps.interpreter() : null,
    ]);
    const notebook = isCommand ? await this.notebook(work.command) : undefined;
    const deps = reads.map((path): Dep => ({ path, digest: notebook?.get(path) ?? found.get(path) ?? null }));
    return {
      work,
      ...(step.folds && { folds: { ...step.folds } }),
      builtIn: isCommand ? null : BUILT_IN_VERSIONS[work.uses],
      deps: inOrder(deps),
      params: namedParams(step.params, params),
      outs: [...new Set(writes)].sort(),
      env,
      interpreter,
      lockFiles: Object.fromEntries(
        [...locks].flatMap(([name, one]) => (one ? [[name, identityOf(one)] as const] : [])),
      ),
    };
  }

  /** What it gave is in it, too, and is none of its causes. */
  private async notebook(command: string): Promise<ReadonlyMap<string, FileDigest> | undefined> {
    const run = notebookIn(command);
    const sources = run && (await notebookSources(this.deps.workspace, run.path));
    return sources ? new Map([[run.path, sources]]) : undefined;
  }

  /** One that the step writes itself is none of its causes. */
  private async lockFiles(writes: readonly string[]): Promise<string[]> {
    const entries = await readdir(this.deps.workspace, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory() && LOCK_FILES.test(entry.name));
    return names.map(({ name }) => name).filter((name) => !writes.includes(name));
  }
}
