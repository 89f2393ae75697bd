import type { Artifacts } from '../../../daemon/artifacts/index.ts';
import { createArtifacts } from '../../../daemon/artifacts/index.ts';
import { systemClock } from '../../../daemon/base/clock.ts';
import type { Files } from '../../../daemon/files/index.ts';
import { createFiles } from '../../../daemon/files/index.ts';
import { runsForPipelines, trialsForPipelines } from '../../../daemon/pipeline-runs.ts';
import type { StepExecutor } from '../../../daemon/pipelines/executors/port.ts';
import { Interpreter, LocalExecutor, Pipelines } from '../../../daemon/pipelines/index.ts';
import { Project } from '../../../daemon/project/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import type { Tracking } from '../../../daemon/tracking/index.ts';
import { createTracking } from '../../../daemon/tracking/index.ts';
import type { MetricNumber } from '../../../schemas/wire/common.ts';
import type { PipelineRun, StartPipeline } from '../../../schemas/wire/pipelines.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Answers a new one for each daemon. */
export type HousesExecutor = (workspace: TempWorkspace, python: Interpreter) => StepExecutor;

const seal = () => 'sealed';

const onThisMachine: HousesExecutor = (workspace, python) =>
  new LocalExecutor({
    workspace: workspace.folder,
    umask: process.umask(),
    env: process.env,
    python,
    clock: systemClock,
    seal,
    steps: workspace.path('runs'),
    folder: workspace.path('supervisors'),
    version: '1',
  });

/** The pipelines room with the rooms below it, all real, in a workspace of its own. */
export class PipelineHouse {
  readonly workspace: TempWorkspace;
  readonly warnings: string[] = [];
  private readonly newPipelines: () => Pipelines;
  private readonly parts: {
    store: Store;
    project: Project;
    tracking: Tracking;
    artifacts: Artifacts;
    files: Files;
    pipelines: Pipelines;
  };

  constructor(yaml: string, name = 'workspace', clock = systemClock, executor = onThisMachine) {
    this.workspace = new TempWorkspace({ name, files: { 'crisol.yaml': `version: 1\nname: demo\n${yaml}` } });
    const { workspace } = this;
    const store = new Store({ file: workspace.path('store.db'), migrations, backups: workspace.path('b'), clock });
    const project = new Project(workspace.folder, clock);
    const tracking = createTracking({ store, clock });
    const artifacts = createArtifacts({ store, clock, folder: workspace.path('artifacts') });
    const say = (_fields: object, message: string) => void this.warnings.push(message);
    const files = createFiles({
      workspace: workspace.folder,
      folder: workspace.path('cache'),
      umask: process.umask(),
      clock,
    });
    const newPipelines = () => {
      const python = new Interpreter({ workspace: workspace.folder, file: workspace.path('python'), seal });
      return new Pipelines({
        store,
        state: { file: (name) => workspace.path(name) },
        seal,
        python,
        executor: executor(workspace, python),
        umask: process.umask(),
        clock,
        logger: { info: say, warn: say, error: say },
        workspace: workspace.folder,
        logBytes: 1e9,
        files,
        project,
        runs: runsForPipelines({ tracking, artifacts, clock }),
        trials: trialsForPipelines(tracking, clock),
        canLog: async () => {},
        stepEnvironment: () => ({ MLFLOW_TRACKING_URI: 'http://127.0.0.1:1', MLFLOW_TRACKING_TOKEN: 'secret' }),
      });
    };
    this.newPipelines = newPipelines;
    this.parts = { store, project, tracking, artifacts, files, pipelines: newPipelines() };
  }

  get pipelines(): Pipelines {
    return this.parts.pipelines;
  }

  get tracking(): Tracking {
    return this.parts.tracking;
  }

  get store(): Store {
    return this.parts.store;
  }

  /** As after the daemon's end: what runs goes on, and another one finds it. */
  async succeed(): Promise<void> {
    await this.pipelines.dispose();
    this.parts.pipelines = this.newPipelines();
  }

  async run(request: StartPipeline = {}): Promise<PipelineRun> {
    return this.ended((await this.pipelines.start(request)).run_id);
  }

  ended(runId: string): Promise<PipelineRun> {
    const ended = () => {
      const run = this.pipelines.get(runId);
      return run.ended_at === null ? undefined : run;
    };
    return waitFor(ended, { what: 'the end' });
  }

  /** Waits until a step has written this. */
  said(runId: string, step: string, text: string): Promise<boolean> {
    return waitFor(async () => (await this.log(runId, step)).includes(text), { what: `${step} says ${text}` });
  }

  async log(runId: string, step: string): Promise<string> {
    return (await this.pipelines.logs.read(runId, step, {})).text;
  }

  /** All points of all metrics of a run in tracking, `[step, value]`. */
  async series(runId: string): Promise<Record<string, [step: number, value: MetricNumber][]>> {
    const all = await this.parts.tracking.series.ofRun(runId, { points: 10_000 });
    return Object.fromEntries(all.map(({ key, points }) => [key, points.map(([step, _at, value]) => [step, value])]));
  }

  /** The names of what a run in tracking keeps in a folder. */
  artifactsOf(runId: string, folder: string): string[] {
    const { tracking, artifacts } = this.parts;
    const { experiment_id } = tracking.runs.get(runId);
    return artifacts.list(`${experiment_id}/${runId}/artifacts/${folder}`).map(({ name }) => name);
  }

  stateInTracking(runId: string): string | undefined {
    return this.parts.tracking.runs.find(runId)?.state;
  }

  async dispose(): Promise<void> {
    for (const run of this.pipelines.list()) await this.pipelines.cancel(run.run_id);
    await waitFor(() => !this.pipelines.busy());
    await this.pipelines.dispose();
    await this.parts.files.dispose();
    this.parts.project.dispose();
    await this.store.dispose();
    this.workspace.dispose();
  }
}

/** `{name: state}` of all steps. */
export function states({ steps }: PipelineRun): Record<string, string> {
  return Object.fromEntries(steps.map(({ name, state }) => [name, state]));
}

export function reasonOf({ steps }: PipelineRun, step: string): string | undefined {
  return steps.find(({ name }) => name === step)?.reason;
}
