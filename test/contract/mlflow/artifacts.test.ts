import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
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

describe('a file', () => {
  it.each([
    ['text', 'text/plain'],
    ['{"not": JSON', 'application/json'],
    ['a=b', 'application/x-www-form-urlencoded'],
    ['--x', 'multipart/form-data; boundary=x'],
    ['', 'text/plain'],
    ['of no type', ''],
    ['of an odd one', 'model/gltf+json; x="y"'],
  ])('%j is taken as it is, whatever its type (%s)', async (body, type) => {
    expect(await put(`${root}/file`, body, type)).toMatchObject({ status: 200, text: '' });
    expect(await get(`${root}/file`)).toMatchObject({ status: 200, text: body });
  });

  it.each(['constructor', '__proto__', 'toString', 'x.constructor', 'x.__proto__', 'MLmodel'])(
    'may be called %s',
    async (name) => {
      await put(`${root}/${name}`, 'text');
      const type = name === 'MLmodel' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
      const headers = expect.objectContaining({ 'content-type': type });
      expect(await get(`${root}/${name}`)).toMatchObject({ status: 200, text: 'text', headers });
    },
  );

  it('may be larger than any JSON, and is never in memory as a whole', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    await put(`${root}/large`, Array(40).fill(piece), 'application/json');
    const head = await raw('HEAD', `${PROXY}/artifacts/${root}/large`);
    expect([head.status, head.headers['content-length'], head.text]).toEqual([200, String(40 * piece.length), '']);
    expect((await get(`${root}/large`)).text).toHaveLength(40 * piece.length);
  });

  it('comes as something that no browser runs with our power', async () => {
    await put(`${root}/ñ "page".html`.replaceAll(/[" ñ]/g, encodeURIComponent), '<script>', 'text/html');
    const { headers } = await get(`${root}/%C3%B1%20%22page%22.html`);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="_ _page_.html"; filename*=UTF-8''%C3%B1%20%22page%22.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    await put(`${root}/picture.PNG`, '');
    expect((await get(`${root}/picture.PNG`)).headers['content-type']).toBe('image/png');
  });

  it('comes in part to whoever wants but its beginning or its end', async () => {
    await put(`${root}/log`, '0123456789');
    const part = async (range: string, more = {}) => {
      const { status, headers, text } = await get(`${root}/log`, { range, ...more });
      return [status, headers['content-range'], text];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-30')).toEqual([206, 'bytes 0-9/10', '0123456789']);
    expect(await part('bytes=8-99')).toEqual([206, 'bytes 8-9/10', '89']);
    expect(await part('bytes=10-')).toEqual([416, 'bytes */10', '']);
    expect(await part('bytes=1-2,4-5')).toEqual([200, undefined, '0123456789']);
    expect(await part('lines=1-2')).toEqual([200, undefined, '0123456789']);
    expect(await part('bytes=1-2', { 'if-range': '"older"' })).toEqual([200, undefined, '0123456789']);
  });

  it('that is not there is a 404, a folder a 400', async () => {
    await put(`${root}/folder/file`, 'x');
    expect(error(await get(`${root}/none`))).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    expect(error(await get(`${root}/folder`))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(error(await put(`${root}/folder`, 'x'))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(error(await put(`${root}/folder/file/below`, 'x'))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  it('is the same under the other prefix', async () => {
    await raw('PUT', `/ajax-api/2.0/mlflow-artifacts/artifacts/${root}/a`, { body: 'a' });
    expect((await raw('GET', `/ajax-api/2.0/mlflow-artifacts/artifacts/${root}/a`)).text).toBe('a');
  });

  it('that is cut off half-way leaves nothing', async () => {
    const path = `${PROXY}/artifacts/${root}/model`;
    const headers = { 'content-length': '1000000', 'content-type': 'text/plain' };
    await expect(raw('PUT', path, { body: 'half', headers, cut: true })).rejects.toThrow('cut');
    await expect(raw('PUT', path, { body: 'half', cut: true })).rejects.toThrow('cut');
    await waitFor(() => !server.artifacts.busy());
    expect([await list(root), (await get(`${root}/model`)).status]).toEqual([{}, 404]);
  });
});

describe('lists', () => {
  const files = async (query: string, prefix = '/api/2.0/mlflow') =>
    JSON.parse((await raw('GET', `${prefix}/artifacts/list?run_id=${run_id}${query}`)).text);
  beforeEach(async () => {
    for (const path of ['b.txt', 'Z', 'model/MLmodel', 'model/data/x', 'empty']) {
      await put(`${root}/${path}`, path === 'empty' ? '' : 'abc');
    }
  });

  it('of a run name paths below its root, in order, without empty sizes', async () => {
    const root_uri = `mlflow-artifacts:/${root}`;
    const top = {
      root_uri,
      files: [
        { path: 'Z', is_dir: false, file_size: 3 },
        { path: 'b.txt', is_dir: false, file_size: 3 },
        { path: 'empty', is_dir: false },
        { path: 'model', is_dir: true },
      ],
    };
    expect(await files('')).toEqual(top);
    expect(await files('&path=', '/ajax-api/2.0/mlflow')).toEqual(top);
    expect(await files('&path=model%2F')).toEqual({
      root_uri,
      files: [
        { path: 'model/MLmodel', is_dir: false, file_size: 3 },
        { path: 'model/data', is_dir: true },
      ],
    });
    expect([await files('&path=none'), await files('&path=Z')]).toEqual([{ root_uri }, { root_uri }]);
  });

  it('of the proxy name what lies in a folder', async () => {
    expect(await list(`${root}/model`)).toEqual({
      files: [
        { path: 'MLmodel', is_dir: false, file_size: 3 },
        { path: 'data', is_dir: true },
      ],
    });
    expect([await list(`${root}/Z`), await list(`${root}/none`)]).toEqual([{}, {}]);
    expect((await raw('GET', `${PROXY}/artifacts`)).text).toContain('"path":"0"');
  });

  it('of a run that keeps its artifacts elsewhere look nowhere', async () => {
    const refusal = async (artifact_location: string) => {
      const { body } = await server.request('POST', 'experiments/create', {
        name: artifact_location,
        artifact_location,
      });
      const made = await server.request('POST', 'runs/create', { experiment_id: body.experiment_id });
      const path = `/api/2.0/mlflow/artifacts/list?run_id=${made.body.run.info.run_id}`;
      const answer = await raw('GET', path);
      return [...error(answer), JSON.parse(answer.text).message];
    };
    for (const place of ['file:///etc', '/etc', 's3://bucket/x', 'mlflow-artifacts://other:1/x', 'http://h/x']) {
      expect(await refusal(place)).toEqual([400, 'INVALID_PARAMETER_VALUE', expect.stringContaining(`at ${place}`)]);
    }
    expect(await refusal('mlflow-artifacts:/../..')).toEqual([400, 'INVALID_PARAMETER_VALUE', 'Invalid path']);
  });

  it('need a run that is there', async () => {
    expect(error(await raw('GET', '/api/2.0/mlflow/artifacts/list?run_id=none'))).toEqual([
      404,
      'RESOURCE_DOES_NOT_EXIST',
    ]);
    expect((await raw('GET', '/api/2.0/mlflow/artifacts/list')).status).toBe(400);
  });
});

describe('deleting', () => {
  it('takes files, whole folders, and nothing beside them', async () => {
    for (const path of ['m/a', 'm/b/c', 'm2', 'l']) await put(`${root}/${path}`, path);
    const remove = async (path: string) => (await raw('DELETE', `${PROXY}/artifacts/${root}/${path}`)).text;
    expect([await remove('m'), await remove('none/at/all'), await remove('l')]).toEqual(['{}', '{}', '{}']);
    expect(await list(root)).toEqual({ files: [{ path: 'm2', is_dir: false, file_size: 2 }] });
    await raw('DELETE', `${PROXY}/artifacts/${root}/`, { headers: { 'content-type': 'application/json' }, body: '{}' });
    expect(await list(root)).toEqual({});
  });

  it('never takes everything', async () => {
    await put(`${root}/a`, 'a');
    expect(error(await raw('DELETE', `${PROXY}/artifacts/`))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect((await get(`${root}/a`)).status).toBe(200);
  });
});

it('declines parts of files and addresses of buckets, so that clients go on without', async () => {
  const headers = { 'content-type': 'application/json' };
  for (const [method, path] of [
    ['POST', 'mpu/create/0/r'],
    ['POST', 'mpu/complete/0/r'],
    ['POST', 'mpu/abort/0/r'],
    ['GET', 'presigned/0/r/x'],
  ] as const) {
    const answer = await raw(method, `${PROXY}/${path}`, method === 'POST' ? { body: '{"path":"x"}', headers } : {});
    expect(error(answer)).toEqual([501, 'NOT_IMPLEMENTED']);
    expect(JSON.parse(answer.text).message).toMatch(/^Multipart upload is not supported for the current artifact rep/);
  }
});

it('tells clients what they may ask for', async () => {
  const info = await raw('GET', '/api/3.0/mlflow/server-info');
  expect([info.status, JSON.parse(info.text)]).toEqual([
    200,
    expect.objectContaining({ store_type: 'SqlStore', workspaces_enabled: false, multipart_uploads_enabled: false }),
  ]);
  expect((await raw('GET', '/version')).text).toMatch(/^\d+\.\d+\.\d+$/);
});

it('keeps all that many clients send at once, and equal files once', async () => {
  await Promise.all(
    Array.from({ length: 64 }, (_, client) => put(`${root}/${client % 8}/${client}`, `content ${client % 4}`)),
  );
  for (let client = 0; client < 64; client++) {
    expect((await get(`${root}/${client % 8}/${client}`)).text).toBe(`content ${client % 4}`);
  }
  expect(server.artifacts.usage([root]).files).toBe(64);
  expect(server.artifacts.freedBy([root]).files).toBe(4);
});
