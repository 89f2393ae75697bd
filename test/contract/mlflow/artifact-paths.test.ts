import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MlflowServer } from './mlflow-server.ts';
import { startMlflowServer } from './mlflow-server.ts';
import { error, filesOf, PROXY } from './raw.ts';

let server: MlflowServer;
let run_id: string;
let root: string;
beforeAll(async () => {
  server = await startMlflowServer();
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.stop();
});
beforeEach(async () => {
  const { body } = await server.request('POST', 'runs/create', { experiment_id: '0' });
  run_id = body.run.info.run_id;
  root = `0/${run_id}/artifacts`;
});

const { raw, put, get, list } = filesOf(() => server);

describe('a path', () => {
  const climbing = [
    '..',
    '../x',
    'a/../../x',
    '%2e%2e/x',
    '%2E%2E%2Fx',
    '%252e%252e/x',
    '%25252e%25252e%25252fx',
    'a%5Cb',
    '..%5C..%5Cx',
    'a%00b',
    '/etc/passwd',
    '%2Fetc%2Fpasswd',
    'C:/x',
    'file:///etc/passwd',
    'a%23b',
    'a#b',
    'a%3Fb',
    'a?b',
    'a%253Fb',
    'folder/',
  ];
  it.each(climbing)('%s is refused', async (path) => {
    const answers = [await put(path, 'x'), await get(path)];
    expect(answers.map((answer) => [...error(answer), JSON.parse(answer.text).message])).toEqual(
      Array(2).fill([400, 'INVALID_PARAMETER_VALUE', 'Invalid path']),
    );
  });

  it.each(['..', '%252e%252e', 'a%5Cb', '/etc', 'a%00b', 'a%23b'])(
    '%s is refused by lists and deletion',
    async (path) => {
      for (const answer of [
        await raw('GET', `${PROXY}/artifacts?path=${path}`),
        await raw('GET', `/api/2.0/mlflow/artifacts/list?run_id=${run_id}&path=${path}`),
        await raw('DELETE', `${PROXY}/artifacts/${path}`),
      ]) {
        expect([...error(answer), JSON.parse(answer.text).message]).toEqual([
          400,
          'INVALID_PARAMETER_VALUE',
          'Invalid path',
        ]);
      }
    },
  );

  it('means the same however often it is encoded', async () => {
    await put(`${root}/100%25 %C3%B1.txt`.replace(' ', '%20'), 'x');
    for (const sent of ['100%25%20%C3%B1.txt', '100%2525%2520%25C3%25B1.txt']) {
      expect((await get(`${root}/${sent}`)).text).toBe('x');
    }
    expect(await list(root)).toEqual({ files: [{ path: '100% ñ.txt', is_dir: false, file_size: 1 }] });
  });

  it('with a line break is kept in one line', async () => {
    await put(`${root}/Icon%0D`, 'x');
    expect((await list(root)).files[0].path).toBe('Icon%0D');
    expect((await get(`${root}/Icon%0D`)).text).toBe('x');
  });

  it('may be long', async () => {
    const name = `${'long/'.repeat(300)}file`;
    await put(`${root}/${name}`, 'x');
    expect((await get(`${root}/${name}`)).text).toBe('x');
  });
});
