import type { ToComparePanel } from '../../../schemas/panels/compare.ts';
import type { Api } from '../../daemon/api.ts';
import { problemOf } from '../connection.ts';
import { aFewAtATime } from './a-few-at-a-time.ts';

/** Where runs come from, asked for when somebody looks at it. A run that goes on may still learn more about itself. */
export class Origins {
  private readonly api: Pick<Api, 'runSource' | 'runInputs'>;
  private readonly post: (message: ToComparePanel) => void;

  constructor(api: Pick<Api, 'runSource' | 'runInputs'>, post: (message: ToComparePanel) => void) {
    this.api = api;
    this.post = post;
  }

  async tell(runIds: readonly string[]): Promise<void> {
    try {
      await aFewAtATime(runIds, async (run_id) => {
        const [source, inputs] = await Promise.all([this.api.runSource(run_id), this.api.runInputs(run_id)]);
        this.post({ type: 'compare/origin', origin: { run_id, source, inputs } });
      });
    } catch (thrown) {
      this.post({ type: 'problem', problem: problemOf(thrown) });
    }
  }

  /** null where nobody knows */
  async commitOf(runId: string): Promise<string | null> {
    const source = await this.api.runSource(runId).catch(() => null);
    return source?.git?.commit ?? null;
  }
}
