import { describe, expect, it } from 'vitest';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';

const open = '$' + '{{';
const planned = (step: object, params = {}) =>
  planOf(parsePipelineFile(JSON.stringify({ version: 1, params, steps: { a: { run: 'true', ...step } } })).model);

describe('how a step is run', () => {
  it('is once, for any time, on one processor, here, when nothing is said', () => {
    expect(planned({}).steps[0]).toMatchObject({
      retry: { limit: 0, backoffMs: 0, on: ['failure', 'timeout'] },
      timeoutMs: null,
      resources: { cpus: 1, memoryBytes: null, gpus: 0 },
      executor: 'local',
      group: null,
      late: false,
    });
  });

  it('is what is said, in numbers', () => {
    const said = {
      retry: { limit: 2, backoff: '10s', on: ['timeout'] },
      timeout: '30m',
      resources: { cpus: 0.5, memory: '2Gi', gpus: 1 },
      executor: 'ray',
    };
    expect(planned(said).steps[0]).toMatchObject({
      retry: { limit: 2, backoffMs: 10_000, on: ['timeout'] },
      timeoutMs: 1_800_000,
      resources: { cpus: 0.5, memoryBytes: 2 ** 31, gpus: 1 },
      executor: 'ray',
    });
    expect(planned({ retry: 3 }).steps[0]?.retry).toEqual({ limit: 3, backoffMs: 0, on: ['failure', 'timeout'] });
  });

  it('may come from params, and what these cannot be is told', () => {
    const said = {
      retry: `${open} params.n }}`,
      timeout: `${open} params.t }}`,
      resources: { cpus: `${open} params.n }}` },
    };
    const { steps, problems } = planned(said, { n: 2, t: '1h' });
    expect(problems).toEqual([]);
    expect(steps[0]).toMatchObject({ retry: { limit: 2 }, timeoutMs: 3_600_000, resources: { cpus: 2 } });
    expect(planned(said, { n: 0.5, t: 'soon' }).problems.map(({ message }) => message)).toEqual([
      '`retry` is `0.5`: write a whole number up to 100.',
      '`timeout` is `"soon"`: write a time such as `30m`.',
    ]);
  });
});
