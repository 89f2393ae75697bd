import type { Project } from './project.ts';

/** it began so long ago */
const AGO_MS = 3 * 3_600_000;
const EPOCHS = 40;

/** As a script does, over MLflow's REST. */
export async function post(project: Project, path: string, body: object) {
  const { daemon } = project;
  const headers = { authorization: `Bearer ${daemon?.token}`, 'content-type': 'application/json' };
  const url = `${daemon?.url}/api/2.0/mlflow/${path}`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return response.json();
}

/** A search over learning rates, depths and optimizers, each trial a run with its curves below the search. */
export class GridSearch {
  private readonly project: Project;
  private readonly experiment_id: string;
  private readonly parent: string;
  private readonly start = Date.now() - AGO_MS;
  private trials = 0;

  private constructor(project: Project, experiment_id: string, parent: string) {
    this.project = project;
    this.experiment_id = experiment_id;
    this.parent = parent;
  }

  static async begin(project: Project, name: string): Promise<GridSearch> {
    const { experiment_id } = await post(project, 'experiments/create', { name });
    const request = { experiment_id, run_name: 'grid search', start_time: Date.now() - AGO_MS };
    const { run } = await post(project, 'runs/create', request);
    return new GridSearch(project, experiment_id, run.info.run_id);
  }

  async run(trials: number): Promise<void> {
    for (const end = this.trials + trials; this.trials < end; this.trials++) await this.trial(this.trials);
  }

  private async trial(at: number): Promise<void> {
    const start_time = this.start + (at + 1) * 60_000;
    const tags = [{ key: 'mlflow.parentRunId', value: this.parent }];
    const request = { experiment_id: this.experiment_id, run_name: `trial-${at + 1}`, start_time, tags };
    const { run_id } = (await post(this.project, 'runs/create', request)).run.info;
    const { params, metrics } = outcome(at, start_time);
    await post(this.project, 'runs/log-batch', { run_id, params, metrics });
    const end_time = start_time + 20_000 + ((at * 7919) % 30) * 1000;
    await post(this.project, 'runs/update', { run_id, status: at % 23 === 11 ? 'FAILED' : 'FINISHED', end_time });
  }
}

/** The nearer the learning rate is to 0.03 the better, and a little depth helps. */
function outcome(at: number, start: number) {
  const lr = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3][at % 7] ?? 0.01;
  const depth = 2 + (at % 5);
  const optimizer = ['adam', 'sgd', 'rmsprop'][at % 3] ?? 'adam';
  const skill = 0.62 - 0.11 * Math.abs(Math.log10(lr / 0.03)) + 0.012 * depth - (optimizer === 'sgd' ? 0.03 : 0);
  const points = Array.from({ length: EPOCHS }, (_, step) => {
    const learnt = skill * (1 - Math.exp((-4 * step) / EPOCHS)) + Math.sin(step * 1.3 + at) * 0.006;
    const timestamp = start + step * 500;
    return [
      { key: 'val_loss', value: 1.1 - learnt, step, timestamp },
      { key: 'train_loss', value: 1.05 - learnt * 1.1, step, timestamp },
      { key: 'f1', value: learnt, step, timestamp },
    ];
  });
  const last = { step: EPOCHS, timestamp: start + EPOCHS * 500 };
  const params = Object.entries({ learning_rate: lr, depth, optimizer, seed: 7 }).map(([key, value]) => ({
    key,
    value: String(value),
  }));
  return { params, metrics: [...points.flat(), { key: 'accuracy', value: skill + 0.11, ...last }] };
}
