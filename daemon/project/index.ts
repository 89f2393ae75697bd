import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { basename, join } from 'node:path';
import type { PipelineModel, Plan } from '../../schemas/language/index.ts';
import { gatherParams, hasErrors, parsePipelineFile, planOf } from '../../schemas/language/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import type { FileText } from './files.ts';
import { readNamedFile, readProjectFile } from './files.ts';
import { marksFor } from './secrets.ts';

export { fillSecrets, fillSecretsInJson } from './secrets.ts';

export const PROJECT_FILE = 'crisol.yaml';
const SETTLE_MS = 100;

/** What crisol.yaml says now. While it cannot be used, `problem` says why, and what was last good stays in force. */
export class Project implements Disposable {
  readonly changed = new Emitter<void>();
  private readonly workspace: string;
  private readonly file: string;
  private readonly clock: Clock;
  private readonly watcher: FSWatcher | undefined;
  private cancelReload = () => {};
  private current: FileText | undefined;
  private lastGood: PipelineModel | null = null;
  private currentProblem: string | null = null;

  constructor(workspace: string, clock: Clock) {
    this.workspace = workspace;
    this.clock = clock;
    this.file = join(workspace, PROJECT_FILE);
    this.load();
    this.watcher = this.watch();
  }

  get model(): PipelineModel | null {
    return this.lastGood;
  }

  get problem(): string | null {
    return this.currentProblem;
  }

  /** The steps in order with expressions filled in, but for secrets (see secrets.ts); throws what keeps them from running. */
  plan(overrides: Readonly<Record<string, string>> = {}): Plan {
    this.reload();
    if (this.currentProblem !== null) throw new CrisolError('PIPELINE_FILE_INVALID', this.currentProblem);
    const model = this.lastGood;
    if (!model) throw new CrisolError('FILE_NOT_FOUND', `There is no ${PROJECT_FILE} in ${this.workspace}.`);
    const files = model.params.files.map(({ value: path }) => ({
      path,
      text: readNamedFile(this.workspace, path, 'params'),
    }));
    const { params, problems, unknown } = gatherParams(model, files, overrides);
    if (unknown !== null) {
      throw new CrisolError('INVALID_PARAMETER_VALUE', unknown, { hint: 'Name a param that crisol.yaml knows.' });
    }
    const plan = planOf(model, { params, env: marksFor(process.env) });
    const problem = problems[0] ?? describe(plan);
    if (problem !== undefined) throw new CrisolError('PIPELINE_FILE_INVALID', problem);
    return plan;
  }

  dispose(): void {
    this.cancelReload();
    this.watcher?.close();
  }

  private watch(): FSWatcher | undefined {
    try {
      // the folder, not the file: editors replace a file by renaming another one over it
      const watcher = watch(this.workspace, (_event, name) => {
        if (name === null || basename(name) === PROJECT_FILE) this.reloadSoon();
      });
      return watcher.on('error', () => {});
    } catch {
      // the system may have no watches left; each plan reads the file anew anyway
      return undefined;
    }
  }

  private reloadSoon(): void {
    this.cancelReload();
    this.cancelReload = this.clock.after(SETTLE_MS, () => this.reload());
  }

  private reload(): void {
    if (this.load()) this.changed.emit();
  }

  /** True when the file says something else than before. */
  private load(): boolean {
    const before = this.current;
    const now = readProjectFile(this.file, PROJECT_FILE);
    if (before && now.text === before.text && now.problem === before.problem) return false;
    this.current = now;
    if (now.text !== undefined) this.take(now.text);
    else if (now.problem !== undefined) this.currentProblem = now.problem;
    else {
      this.lastGood = null;
      this.currentProblem = `There is no ${PROJECT_FILE} in ${this.workspace}.`;
    }
    return true;
  }

  private take(text: string): void {
    const { model, diagnostics } = parsePipelineFile(text);
    const first = diagnostics.find(({ severity }) => severity === 'error');
    this.currentProblem = first ? `${PROJECT_FILE}, line ${first.range.start.line + 1}: ${first.message}` : null;
    if (!hasErrors(diagnostics)) this.lastGood = model;
  }
}

function describe({ cycle, problems }: Plan): string | undefined {
  if (cycle) return `The steps wait for each other in a circle: ${cycle.join(' → ')}.`;
  const [first] = problems;
  return first && `Step ${first.step}: ${first.message}`;
}
