import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MlflowServer } from './mlflow-server.ts';
import { startMlflowServer } from './mlflow-server.ts';

let server: MlflowServer;
let run_id: string;
/** each test has models of its own */
let count = 0;
let name: string;

beforeAll(async () => {
  server = await startMlflowServer();
  run_id = (await post('runs/create', { experiment_id: '0' })).body.run.info.run_id;
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.stop();
});
beforeEach(async () => {
  name = `liga ñandú ${++count}`;
  await post('registered-models/create', { name });
});

const post = (path: string, body: unknown) => server.request('POST', path, body);
const patch = (path: string, body: unknown) => server.request('PATCH', path, body);
const remove = (path: string, body: unknown) => server.request('DELETE', path, body);
const get = (path: string, query: Record<string, string | string[]> = {}) => {
  const pairs = Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => [key, one]));
  return server.request('GET', `${path}?${new URLSearchParams(pairs)}`);
};
const version = (source = 's3://bucket/model', more: object = {}) =>
  post('model-versions/create', { name, source, ...more });
const refused = (status: number, error_code: string) => ({ status, body: { error_code } });

describe('registered models', () => {
  it('are made, described, renamed, tagged and deleted', async () => {
    expect(await patch('registered-models/update', { name, description: 'd' })).toMatchObject({
      body: { registered_model: { name, description: 'd' } },
    });
    await post('registered-models/set-tag', { name, key: 'k', value: 'v' });
    expect((await remove('registered-models/delete-tag', { name, key: 'none' })).status).toBe(200);
    const renamed = await post('registered-models/rename', { name, new_name: `${name}!` });
    expect(renamed.body.registered_model).toMatchObject({ name: `${name}!`, tags: [{ key: 'k', value: 'v' }] });
    expect(await get('registered-models/get', { name })).toMatchObject(refused(404, 'RESOURCE_DOES_NOT_EXIST'));
    expect(await remove('registered-models/delete', { name: `${name}!` })).toEqual({ status: 200, body: {} });
    expect(await remove('registered-models/delete', { name })).toMatchObject(refused(404, 'RESOURCE_DOES_NOT_EXIST'));
  });

  it.each([
    ['registered-models/create', { name: 'a/b' }],
    ['registered-models/create', {}],
    ['registered-models/create', { name: 'c', tags: [{ key: 'b$' }] }],
    ['registered-models/create', { name: 'c', tags: [{ key: 'k', value: 'x'.repeat(100_001) }] }],
    ['registered-models/rename', { name: 'a', new_name: '' }],
  ])('are refused: %s %j', async (path, body) => {
    expect(await post(path, body)).toMatchObject(refused(400, 'INVALID_PARAMETER_VALUE'));
  });

  it('are not made twice', async () => {
    expect(await post('registered-models/create', { name })).toMatchObject(refused(400, 'RESOURCE_ALREADY_EXISTS'));
  });
});

describe("a version's source", () => {
  const root = () => `mlflow-artifacts:/0/${run_id}/artifacts`;

  it('is a place of its run, or a bucket', async () => {
    const sources = [`runs:/${run_id}/model`, root(), `${root()}/a/b`, 's3://bucket/a', 'gs://bucket/a/', 'dbfs:/a'];
    for (const source of sources) {
      const { status, body } = await version(source, { run_id });
      expect([status, body.model_version]).toMatchObject([
        200,
        { source, run_id, status: 'READY', current_stage: 'None' },
      ]);
    }
    expect((await version('s3://bucket/a')).body.model_version).toMatchObject({ run_id: '' });
  });

  it('is nothing else', async () => {
    const sources = [
      '/etc/passwd',
      'file:///etc/passwd',
      'relative',
      'C:\\model',
      'http://host/a',
      'https://host/api/2.0/mlflow-artifacts/artifacts/a',
      'ftp://host/a',
      'hdfs://host/a',
      'mlflow-artifacts://host/a',
      `mlflow-artifacts:/0/${'f'.repeat(32)}/artifacts`,
      `${root()}x`,
      `${root()}/../a`,
      `${root()}/%2e%2e/a`,
      `${root()}/%252e%252e/a`,
      `${root()}/..%2fa`,
      `${root()}/a%00`,
      `runs:/${'f'.repeat(32)}/model`,
      'runs:/',
      's3://bucket',
      's3://bucket/a/./b',
      'models:/m-123',
      'models:/a/b/c',
      'models://host/a/1',
    ];
    for (const source of sources) {
      expect([source, await version(source, { run_id })]).toMatchObject([
        source,
        refused(400, 'INVALID_PARAMETER_VALUE'),
      ]);
    }
    expect(await version(`runs:/${run_id}/model`)).toMatchObject(refused(400, 'INVALID_PARAMETER_VALUE'));
  });

  it('is a logged model, which then says so', async () => {
    const { body } = await post('logged-models', { experiment_id: '0', name: 'lm', source_run_id: run_id });
    const { model_id, artifact_uri } = body.model.info;
    const made = await version(`models:/${model_id}`, { model_id });
    expect(made.body.model_version).toMatchObject({ run_id, model_id, source: `models:/${model_id}` });
    expect((await get('model-versions/get-download-uri', { name, version: '1' })).body).toEqual({ artifact_uri });
    await Promise.all([version(artifact_uri, { model_id }), version(`${artifact_uri}/deep`, { model_id })]);
    const { tags } = (await get(`logged-models/${model_id}`)).body.model.info;
    expect(JSON.parse(tags[0].value).map((one: { version: number }) => one.version)).toEqual([1, 2, 3]);

    for (const source of [`models:/${model_id}`, `${artifact_uri}/../x`, `runs:/${run_id}/model`, root()]) {
      const other = source.startsWith('models:') ? 'm-other' : model_id;
      expect(await version(source, { model_id: other, run_id })).toMatchObject(refused(400, 'INVALID_PARAMETER_VALUE'));
    }
    expect(await version(`models:/${model_id}`)).toMatchObject(refused(400, 'INVALID_PARAMETER_VALUE'));
  });

  it('is another version, which is taken over', async () => {
    await version(`runs:/${run_id}/model`, { run_id });
    await post('registered-models/alias', { name, alias: 'champion', version: '1' });
    await post('model-versions/transition-stage', { name, version: '1', stage: 'Production' });
    for (const which of ['/1', '@champion', '/Production']) {
      const { model_version } = (await version(`models:/${name}${which}`)).body;
      expect(model_version).toMatchObject({ source: `models:/${name}/1`, run_id });
      const uri = await get('model-versions/get-download-uri', { name, version: model_version.version });
      expect(uri.body).toEqual({ artifact_uri: `runs:/${run_id}/model` });
    }
    expect((await version(`models:/${name}/latest`)).body.model_version.source).toBe(`models:/${name}/4`);
    expect(await version(`models:/${name}/1`, { run_id: 'other' })).toMatchObject(
      refused(400, 'INVALID_PARAMETER_VALUE'),
    );
    expect(await version(`models:/${name}@none`)).toMatchObject(refused(400, 'INVALID_PARAMETER_VALUE'));
    expect(await version(`models:/${name}/99`)).toMatchObject(refused(404, 'RESOURCE_DOES_NOT_EXIST'));
    expect(await version('models:/nobody/1')).toMatchObject(refused(404, 'RESOURCE_DOES_NOT_EXIST'));
    expect(await version(`models:/${name}/Staging`)).toMatchObject(refused(404, 'RESOURCE_DOES_NOT_EXIST'));
  });
});

describe('versions', () => {
  it('are described, tagged and deleted; a number is not given again', async () => {
    await version();
    await version();
    const described = await patch('model-versions/update', { name, version: '1', description: 'd' });
    expect(described.body.model_version).toMatchObject({ description: 'd', version: '1' });
    await post('model-versions/set-tag', { name, version: '1', key: 'k', value: 'v' });
    expect((await remove('model-versions/delete-tag', { name, version: '1', key: 'none' })).status).toBe(200);
    expect((await get('model-versions/get', { name, version: '01' })).body.model_version.tags).toEqual([
      { key: 'k', value: 'v' },
    ]);
    await remove('model-versions/delete', { name, version: '2' });
    expect(await get('model-versions/get', { name, version: '2' })).toMatchObject(
      refused(404, 'RESOURCE_DOES_NOT_EXIST'),
    );
    expect((await version()).body.model_version.version).toBe('3');
  });

  it.each([['one'], ['1.0'], ['']])('have numbers: not %j', async (number) => {
    expect(await get('model-versions/get', { name, version: number })).toMatchObject(
      refused(400, 'INVALID_PARAMETER_VALUE'),
    );
  });

  it('move between stages, of which the newest counts', async () => {
    for (let made = 0; made < 3; made++) await version();
    const move = (number: number, stage: string, more: object = {}) =>
      post('model-versions/transition-stage', { name, version: String(number), stage, ...more });
    for (const number of [2, 1])
      expect((await move(number, 'staging')).body.model_version.current_stage).toBe('Staging');
    const latest = async (stages: string[]) =>
      (await get('registered-models/get-latest-versions', { name, stages })).body.model_versions?.map(
        (one: { version: string; current_stage: string }) => `${one.version} ${one.current_stage}`,
      );
    expect([await latest(['Staging', 'production']), await latest([])]).toEqual([
      ['2 Staging'],
      ['3 None', '2 Staging'],
    ]);
    expect((await post('registered-models/get-latest-versions', { name })).body.model_versions).toHaveLength(2);
    await move(3, 'Staging', { archive_existing_versions: true });
    expect(await latest(['Staging', 'Archived'])).toEqual(['3 Staging', '2 Archived']);
    expect(await move(3, 'Odd')).toMatchObject(refused(400, 'INVALID_PARAMETER_VALUE'));
    expect(await move(3, 'None', { archive_existing_versions: true })).toMatchObject(
      refused(400, 'INVALID_PARAMETER_VALUE'),
    );
    expect(await move(3, 'None', { archive_existing_versions: 'yes' })).toMatchObject(
      refused(400, 'INVALID_PARAMETER_VALUE'),
    );
  });
});

describe('aliases', () => {
  it('are set, found and deleted', async () => {
    await version();
    expect(await get('registered-models/alias', { name: `${name}?`, alias: 'a' })).toMatchObject({ status: 404 });
    expect((await post('registered-models/alias', { name, alias: 'champion', version: '1' })).body).toEqual({});
    const found = await get('registered-models/alias', { name, alias: 'champion' });
    expect(found.body.model_version).toMatchObject({ version: '1', aliases: ['champion'] });
    expect((await get('registered-models/get', { name })).body.registered_model.aliases).toEqual([
      { alias: 'champion', version: '1' },
    ]);
    expect((await get('registered-models/alias', { name, alias: 'latest' })).body.model_version.version).toBe('1');
    for (const alias of ['champion', 'none']) {
      expect((await remove('registered-models/alias', { name, alias })).status).toBe(200);
    }
    expect(await get('registered-models/alias', { name, alias: 'champion' })).toMatchObject(
      refused(400, 'INVALID_PARAMETER_VALUE'),
    );
    expect(await post('registered-models/alias', { name, alias: 'v1', version: '1' })).toMatchObject({ status: 400 });
    expect(await post('registered-models/alias', { name, alias: 'a', version: '9' })).toMatchObject({ status: 404 });
  });
});

describe('searches', () => {
  const found = async (filter: string, more: Record<string, string | string[]> = {}) => {
    const { body } = await get('model-versions/search', { filter, ...more });
    return body.model_versions?.map((one: { version: string }) => Number(one.version));
  };

  it('find versions by what is known of them, in order and in pages', async () => {
    await version('s3://bucket/one', { run_id });
    await version('s3://bucket/two', { tags: [{ key: 'k', value: 'Good' }] });
    await version('gs://bucket/three');
    const mine = `name = '${name}'`;
    expect(await found(mine, { order_by: 'version_number ASC' })).toEqual([1, 2, 3]);
    expect(await found(`${mine} AND run_id = '${run_id}'`)).toEqual([1]);
    expect(await found(`${mine} AND run_id NOT IN ('${run_id}')`, { order_by: 'version_number' })).toEqual([2, 3]);
    expect(await found(`${mine} AND source_path LIKE 's3://%'`, { order_by: 'version_number' })).toEqual([1, 2]);
    expect(await found(`${mine} AND tags.k ILIKE 'g__D'`)).toEqual([2]);
    expect(await found(`${mine} AND tags.k LIKE 'g%'`)).toBeUndefined();
    expect(await found(`${mine} AND version_number > 1 AND version_number != 3`)).toEqual([2]);
    const first = await get('model-versions/search', { filter: mine, max_results: '2', order_by: 'version_number' });
    const page_token = first.body.next_page_token;
    expect(await found(mine, { max_results: '2', order_by: 'version_number', page_token })).toEqual([3]);
  });

  it('find the versions of a run, of whatever model they are, and those of no run', async () => {
    const own = (await post('runs/create', { experiment_id: '0' })).body.run.info.run_id;
    await version('s3://bucket/one');
    await version('s3://bucket/two', { run_id: own });
    expect(await found(`run_id = '${own}'`)).toEqual([2]);
    expect(await found(`run_id = '${own}' AND name = 'another'`)).toBeUndefined();
    expect(await found(`run_id = '' AND name LIKE '${name}'`)).toEqual([1]);
  });

  it('find models by name and tag', async () => {
    await post('registered-models/set-tag', { name, key: 'team', value: name });
    const names = async (filter: string) =>
      (await get('registered-models/search', { filter })).body.registered_models?.map(
        (one: { name: string }) => one.name,
      );
    expect(await names(`tags.team = '${name}'`)).toEqual([name]);
    expect(await names(`name ILIKE '${name.toUpperCase()}'`)).toEqual([name]);
    expect(await names(`tags.team != '${name}' AND name = '${name}'`)).toBeUndefined();
  });

  it('find prompts only when asked for them', async () => {
    const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
    const prompt = `prompt ${count}`;
    await post('registered-models/create', { name: prompt, tags });
    expect((await post('model-versions/create', { name: prompt, source: 'dummy-source', tags })).status).toBe(200);
    expect(await post('model-versions/create', { name: prompt, source: 's3://a/b', tags })).toMatchObject({
      status: 400,
    });
    expect(await version(`models:/${prompt}/1`)).toMatchObject({ status: 400 });
    const search = async (filter: string) => (await get('registered-models/search', { filter })).body.registered_models;
    expect(await search(`name = '${prompt}'`)).toBeUndefined();
    expect(await search(`name = '${prompt}' AND tags.\`mlflow.prompt.is_prompt\` = 'true'`)).toHaveLength(1);
    expect(await search(`name = '${name}' AND tags.\`mlflow.prompt.is_prompt\` = 'false'`)).toHaveLength(1);
  });

  it.each([
    ['registered-models/search', { filter: 'size > 3' }],
    ['registered-models/search', { max_results: '1001' }],
    ['registered-models/search', { max_results: '0' }],
    ['registered-models/search', { page_token: 'bad' }],
    ['registered-models/search', { order_by: ['name', 'name DESC'] }],
    ['model-versions/search', { max_results: '200001' }],
    ['model-versions/search', { filter: 'version_number = 2.5' }],
    ['model-versions/search', { order_by: 'current_stage' }],
  ])('refuse nonsense: %s %j', async (path, query) => {
    expect(await get(path, query)).toMatchObject(refused(400, 'INVALID_PARAMETER_VALUE'));
  });
});
