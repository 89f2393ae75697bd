import type { Diagnostic } from '../../schemas/language/diagnostic.ts';
import type { JsonObject } from '../../schemas/language/json.ts';
import type { PipelineModel, Plan } from '../../schemas/language/model.ts';
import { gatherParams } from '../../schemas/language/params.ts';
import { planOf } from '../../schemas/language/plan/plan.ts';
import type { PlanContext } from '../../schemas/language/plan/scope.ts';
import type { FileAnswer } from '../../schemas/language/project/index.ts';
import { readProject } from '../../schemas/language/project/index.ts';
import { PIPELINE_FILE_NAME, pipelineFileRole } from '../../schemas/language/protocol.ts';
import { roundOf } from '../../schemas/language/suggest.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import { diskOf } from './disk.ts';
import { readNamedFile } from './files.ts';
import { fillSecrets, marksFor } from './secrets.ts';
import { FileWatch } from './watch.ts';

export { diskOf } from './disk.ts';
export { leadsOut, readProjectFile, textIn } from './files.ts';
export { fillSecrets, fillSecretsInJson, nameSecrets } from './secrets.ts';

const SETTLE_MS = 100;

/** Of what no file can tell: a file with a mistake of its own is refused before. */
const BEYOND_THE_FILE =
  'It depends on the environment of the daemon, which it takes when it starts (`crisol down` ends it), or on params given to the run: ' +
  "set it there, or give a default such as `env.NAME || 'none'`.";

type Overrides = Readonly<Record<string, string>>;

/** What crisol.yaml and its parts say now. While it cannot be used, `problem` says why, and what was last good stays in force. */
export class Project implements Disposable {
  readonly changed = new Emitter<void>();
  private readonly workspace: string;
  private readonly clock: Clock;
  private readonly watch: FileWatch;
  private cancelReload = () => {};
  private current: ReadonlyMap<string, string> | undefined;
  private lastGood: PipelineModel | null = null;
  private currentProblem: string | null = null;

  constructor(workspace: string, clock: Clock) {
    this.workspace = workspace;
    this.clock = clock;
    this.watch = new FileWatch(workspace, () => this.reloadSoon());
    this.load();
  }

  get model(): PipelineModel | null {
    return this.lastGood;
  }

  get problem(): string | null {
    return this.currentProblem;
  }

  /** The steps in order with expressions filled in, but for secrets (see secrets.ts); throws what keeps them from running. `keep`: see planOf. */
  plan(overrides: Overrides = {}, keep?: string): Plan & { params: JsonObject } {
    const model = this.modelNow();
    const params = this.paramsOf(model, overrides);
    const plan = planOf(model, { params, ...this.surroundings() }, keep);
    const problem = describe(plan);
    if (problem !== undefined) throw new CrisolError('PIPELINE_FILE_INVALID', problem, { hint: BEYOND_THE_FILE });
    return { ...plan, params };
  }

  /** Those of the plan, without the trouble of one. */
  params(overrides: Overrides = {}): JsonObject {
    return this.paramsOf(this.modelNow(), overrides);
  }

  /** The environment as a plan may see it: marks in the place of values. */
  surroundings(): Pick<PlanContext, 'env' | 'reveal'> {
    const { env } = process;
    return { env: marksFor(env), reveal: (text) => fillSecrets(text, env) };
  }

  /** What the files say at this very moment; throws what keeps them from being used. */
  modelNow(): PipelineModel {
    this.reload();
    if (this.currentProblem !== null) throw new CrisolError('PIPELINE_FILE_INVALID', this.currentProblem);
    if (this.lastGood) return this.lastGood;
    throw new CrisolError('FILE_NOT_FOUND', `There is no ${PIPELINE_FILE_NAME} in ${this.workspace}.`);
  }

  dispose(): void {
    this.cancelReload();
    this.watch.dispose();
  }

  private paramsOf(model: PipelineModel, overrides: Overrides): JsonObject {
    const files = model.params.files.map(({ value: path }) => ({
      path,
      text: readNamedFile(this.workspace, path, 'params'),
    }));
    const { params, problems, unknown } = gatherParams(model, files, overrides);
    if (unknown !== null) {
      throw new CrisolError('INVALID_PARAMETER_VALUE', unknown, { hint: 'Name a param that crisol.yaml knows.' });
    }
    const [problem] = problems;
    if (problem !== undefined) throw new CrisolError('PIPELINE_FILE_INVALID', problem);
    return params;
  }

  private reloadSoon(): void {
    this.cancelReload();
    this.cancelReload = this.clock.after(SETTLE_MS, () => this.reload());
  }

  private reload(): void {
    if (this.load()) this.changed.emit();
  }

  /** True when the files say something else than before. */
  private load(): boolean {
    const disk = diskOf(this.workspace);
    if (this.current && saySo(disk, this.current)) return false;
    const said = new Map<string, string>();
    const { members, model, diagnosticsOf } = readProject(PIPELINE_FILE_NAME, {
      read(path) {
        // params are read anew for each plan
        if (pipelineFileRole(path) === null) return 'unknown';
        const answer = disk.read(path);
        said.set(path, JSON.stringify(answer));
        return answer;
      },
    });
    this.watch.follow(said.keys());
    this.current = said;
    const first = firstError(members.map(({ path }) => ({ path, diagnostics: diagnosticsOf(path) })));
    if (members.length === 0) this.takeNone(disk.read(PIPELINE_FILE_NAME));
    else this.currentProblem = first;
    if (members.length > 0 && first === null) this.lastGood = model;
    return true;
  }

  private takeNone(main: FileAnswer): void {
    if (typeof main === 'object' && 'problem' in main) {
      this.currentProblem = `${PIPELINE_FILE_NAME} ${main.problem}.`;
      return;
    }
    this.lastGood = null;
    this.currentProblem = `There is no ${PIPELINE_FILE_NAME} in ${this.workspace}.`;
  }
}

/** What is read depends on nothing but what was read before it. */
const saySo = (disk: ReturnType<typeof diskOf>, before: ReadonlyMap<string, string>): boolean =>
  [...before].every(([path, said]) => JSON.stringify(disk.read(path)) === said);

function firstError(files: readonly { path: string; diagnostics: readonly Diagnostic[] }[]): string | null {
  for (const { path, diagnostics } of files) {
    const first = diagnostics.find(({ severity }) => severity === 'error');
    if (first) return `${path}, line ${first.range.start.line + 1}: ${first.message}`;
  }
  return null;
}

function describe({ cycle, problems }: Plan): string | undefined {
  if (cycle) return `The steps wait for each other in a circle: ${roundOf(cycle.slice(0, -1))}.`;
  const [first] = problems;
  return first && `Step ${first.step}: ${first.message}`;
}
