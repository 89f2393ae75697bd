import { expect, test } from 'vitest';
import { hostEnvironment } from '../../../daemon/serving/host-environment.ts';

test('a serving host gets what it needs to run, and no secret of the daemon', () => {
  const needed = { PATH: '/bin', HOME: '/h', Path: 'C:', SystemRoot: 'C:', ELECTRON_RUN_AS_NODE: '1', LC_ALL: 'C' };
  const secret = {
    AWS_SECRET_ACCESS_KEY: 'x',
    GITHUB_TOKEN: 'x',
    MLFLOW_TRACKING_TOKEN: 'x',
    PATH_TOKEN: 'x',
    PGPASSWORD: 'x',
  };
  expect(hostEnvironment({ ...needed, ...secret })).toEqual(needed);
});
