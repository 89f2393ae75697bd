import type { DaemonInfo } from '../../../schemas/workspace.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of MLflow's interface, as a script reads them
  body: any;
}

/** What a script sends over MLflow's REST interface. */
export class MlflowClient {
  private readonly door: Pick<DaemonInfo, 'url' | 'token'>;

  constructor(door: Pick<DaemonInfo, 'url' | 'token'>) {
    this.door = door;
  }

  async post(path: string, body: object): Promise<Answer> {
    return this.send(path, { method: 'POST', body: JSON.stringify(body) });
  }

  async newRun(): Promise<string> {
    const { body } = await this.post('runs/create', { experiment_id: '0', start_time: Date.now() });
    return body.run.info.run_id;
  }

  logMetric(run_id: string, step: number): Promise<Answer> {
    return this.post('runs/log-metric', { run_id, key: 'loss', value: step / 2, timestamp: 1_000 + step, step });
  }

  /** The steps that the store knows. */
  async steps(run_id: string): Promise<Set<number>> {
    const steps = new Set<number>();
    let page = '';
    do {
      const query = `run_id=${run_id}&metric_key=loss&max_results=25000${page && `&page_token=${page}`}`;
      const { body } = await this.send(`metrics/get-history?${query}`, {});
      for (const { step } of body.metrics ?? []) steps.add(Number(step));
      page = body.next_page_token ?? '';
    } while (page);
    return steps;
  }

  private async send(path: string, init: RequestInit): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.door.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.door.url}/api/2.0/mlflow/${path}`, { ...init, headers });
    return { status: response.status, body: await response.json() };
  }
}
