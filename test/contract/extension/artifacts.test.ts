import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, describe, expect } from 'vitest';
import { withDatabase } from '../../../daemon/data/open.ts';
import { ArtifactReader } from '../../../extension/daemon/artifacts.ts';
import { fetchFrom } from '../../../extension/daemon/http.ts';
import { previewOf } from '../../../extension/panels/artifact-preview.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const MB = 1024 * 1024;

/** As pandas writes it. */
function parquetFile(): Promise<Uint8Array<ArrayBuffer>> {
  const workspace = new TempWorkspace();
  const file = workspace.path('a.parquet');
  const write = `COPY (SELECT i AS goals, 'team ' || i AS team FROM range(1200) t(i)) TO '${file}' (FORMAT parquet)`;
  return withDatabase((connection) => connection.run(write))
    .then(() => Uint8Array.from(readFileSync(file)))
    .finally(() => workspace.dispose());
}

interface Created {
  run: { info: { run_id: string; artifact_uri: string } };
}

/** A daemon of the file's own, and a run that kept some files. */
const test = base
  .extend('workspace', { scope: 'file' }, () => new TempWorkspace())
  .extend('daemon', { scope: 'file' }, async ({ workspace }, { onCleanup }) => {
    const daemon = await TestDaemon.start(workspace.folder);
    onCleanup(async () => {
      await daemon.stop();
      workspace.dispose();
    });
    return daemon;
  })
  .extend('run', { scope: 'file' }, async ({ daemon }) => {
    const { run } = await daemon.post<Created>('/api/2.0/mlflow/runs/create', { experiment_id: '0' });
    const keep = async (path: string, body: string | Uint8Array<ArrayBuffer>) => {
      const root = run.info.artifact_uri.replace('mlflow-artifacts:/', '');
      await daemon.fetch(`/api/2.0/mlflow-artifacts/artifacts/${root}/${path}`, { method: 'PUT', body });
    };
    await keep('model/MLmodel', 'flavors: {}\n');
    await keep('frame-10.txt', 'ten');
    await keep('frame-9.txt', '');
    await keep(`${encodeURIComponent('ñ & 50 +.csv')}`, 'a,b\n1,2\n');
    await keep('long.txt', 'ñ'.repeat(MB));
    await keep('weights.bin', new Uint8Array(3 * MB));
    await keep('large.html', 'x'.repeat(5 * MB));
    await keep('outputs/rows.PARQUET', await parquetFile());
    await keep('outputs/broken.parquet', 'PAR1');
    await keep('dot.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
    return run.info.run_id;
  })
  .extend('reader', ({ daemon }) => {
    return new ArtifactReader({ fetch: (path, options = {}) => fetchFrom(daemon.info, path, options) });
  });

describe('the files of a run', () => {
  test('are listed folder by folder, folders first, numbers in their order', async ({ reader, run }) => {
    expect((await reader.list(run, '')).map(({ path }) => path)).toEqual([
      'model',
      'outputs',
      'dot.svg',
      'frame-9.txt',
      'frame-10.txt',
      'large.html',
      'long.txt',
      'ñ & 50 +.csv',
      'weights.bin',
    ]);
    expect(await reader.list(run, 'model')).toEqual([{ path: 'model/MLmodel', bytes: 12 }]);
    expect(await reader.list(run, 'nowhere')).toEqual([]);
  });

  test('are known by size and time; a folder is none; what is not there is missing', async ({ reader, run }) => {
    const facts = await reader.stat(run, 'ñ & 50 +.csv');
    expect(facts?.bytes).toBe(8);
    expect(Math.abs(Date.now() - (facts?.modified_at ?? 0))).toBeLessThan(60_000);
    expect(await reader.stat(run, 'model')).toBeUndefined();
    for (const path of ['nowhere', '../..', 'model/nowhere']) {
      await expect(reader.stat(run, path)).rejects.toMatchObject({ name: 'RequestError' });
    }
    await expect(reader.list('no-such-run', '')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  test('are read whole, or as far as somebody looks', async ({ reader, run }) => {
    const { content } = await reader.read(run, 'model/MLmodel');
    expect(Buffer.from(content).toString()).toBe('flavors: {}\n');
    const part = await reader.read(run, 'long.txt', 11);
    expect({ read: part.content.length, of: part.bytes }).toEqual({ read: 11, of: 2 * MB });
    expect((await reader.read(run, 'frame-9.txt', 11)).content).toHaveLength(0);
  });

  test('are all that can be read: no path climbs to what else the daemon answers', async ({ reader, run }) => {
    for (const path of [
      '../../../../../../crisol/v1/status',
      'model/../../../../../../../crisol/v1/status',
      './long.txt',
    ]) {
      await expect(reader.read(run, path)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    }
  });

  test('are saved as they are, and half of one leaves nothing', async ({ reader, run, onTestFinished }) => {
    const target = new TempWorkspace();
    onTestFinished(() => target.dispose());
    const { folder } = target;
    let bytes = 0;
    const report = (came: number) => {
      bytes += came;
    };
    const going = new AbortController().signal;
    await reader.save(run, 'weights.bin', join(folder, 'w.bin'), { signal: going, report });
    expect({ bytes, kept: readFileSync(join(folder, 'w.bin')).length }).toEqual({ bytes: 3 * MB, kept: 3 * MB });
    const stop = new AbortController();
    const stopped = reader.save(run, 'weights.bin', join(folder, 'half.bin'), {
      signal: stop.signal,
      report: () => stop.abort(),
    });
    await expect(stopped).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['w.bin']);
  });

  test('are saved in the place of a link, never where it leads', async ({ reader, run, onTestFinished }) => {
    const target = new TempWorkspace({ files: { precious: 'mine' } });
    onTestFinished(() => target.dispose());
    for (const trap of ['MLmodel', 'MLmodel.part', 'MLmodel.crisol-part']) symlinkSync('precious', target.path(trap));
    const going = { signal: new AbortController().signal, report: () => undefined };
    await reader.save(run, 'model/MLmodel', target.path('MLmodel'), going);
    expect([target.read('MLmodel'), target.read('precious')]).toEqual(['flavors: {}\n', 'mine']);
  });
});

describe('what is seen of a file', () => {
  const see = (reader: ArtifactReader, run_id: string, path: string, insist = false) =>
    previewOf(reader, { run_id, path, insist });

  test('is its beginning, where it is long: no sign is cut in two', async ({ reader, run }) => {
    const preview = await see(reader, run, 'long.txt');
    expect(preview).toMatchObject({ kind: 'text', bytes: 2 * MB, whole: false });
    expect('text' in preview && /^ñ+$/.test(preview.text)).toBe(true);
  });

  test('is nothing of what is no text, and of a page that is large only what one insists on', async ({
    reader,
    run,
  }) => {
    expect(await see(reader, run, 'weights.bin')).toEqual({ kind: 'binary', bytes: 3 * MB });
    expect(await see(reader, run, 'large.html')).toEqual({ kind: 'too-large', bytes: 5 * MB, showable: true });
    expect(await see(reader, run, 'large.html', true)).toMatchObject({ kind: 'html', whole: true });
  });

  test('is the beginning of a Parquet file, and why one cannot be read', async ({ reader, run }) => {
    const preview = await see(reader, run, 'outputs/rows.PARQUET');
    expect(preview).toMatchObject({ kind: 'rows', table: { total_rows: 1200, columns: [{ name: 'goals' }, {}] } });
    expect('table' in preview && preview.table.rows.slice(0, 2)).toEqual([
      ['0', 'team 0'],
      ['1', 'team 1'],
    ]);
    const broken = await see(reader, run, 'outputs/broken.parquet');
    expect(broken).toMatchObject({ kind: 'failed', problem: { error_code: 'DATA_UNREADABLE' } });
    expect(JSON.stringify(broken)).toContain('broken.parquet could not be read');
    await expect(reader.table(run, 'model/MLmodel')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await expect(reader.table(run, 'gone.parquet')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  test('is a picture as an address of its own', async ({ reader, run }) => {
    expect(await see(reader, run, 'dot.svg')).toMatchObject({ kind: 'image', url: /^data:image\/svg[+]xml;base64,/ });
  });

  test('is why not, when it is gone or nobody answers', async ({ reader, run }) => {
    const gone = await see(reader, run, 'gone.txt');
    expect(gone).toMatchObject({ kind: 'failed', problem: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
    const nobody = new ArtifactReader({
      fetch: (path, options = {}) => fetchFrom({ url: 'http://127.0.0.1:9', token: 'x' }, path, options),
    });
    const away = await see(nobody, run, 'long.txt');
    expect(away).toMatchObject({ kind: 'failed', problem: { error_code: 'DAEMON_UNREACHABLE' } });
  });
});

interface CreatedModel {
  model: { info: { model_id: string; artifact_uri: string } };
}

test('models that a run logged are folders beside its own files, and read like them', async ({
  daemon,
  reader,
  run,
}) => {
  const request = { experiment_id: '0', name: 'match-outcome', source_run_id: run };
  const { model } = await daemon.post<CreatedModel>('/api/2.0/mlflow/logged-models', request);
  const { model_id, artifact_uri } = model.info;
  const root = `/api/2.0/mlflow-artifacts/artifacts/${artifact_uri.replace('mlflow-artifacts:/', '')}`;
  await daemon.fetch(`${root}/data/weights.txt`, { method: 'PUT', body: 'one' });
  expect(await reader.modelsOf(run)).toMatchObject([{ name: 'match-outcome' }]);
  const folder = `match-outcome#${model_id}`;
  expect((await reader.list(run, '')).slice(0, 2)).toEqual([
    { path: folder, bytes: null },
    { path: 'model', bytes: null },
  ]);
  expect(await reader.list(run, folder)).toEqual([{ path: `${folder}/data`, bytes: null }]);
  expect(await reader.list(run, `${folder}/data`)).toEqual([{ path: `${folder}/data/weights.txt`, bytes: 3 }]);
  expect(await reader.stat(run, `${folder}/data`)).toBeUndefined();
  // as an editor does that was open before the window was reloaded
  const fresh = new ArtifactReader({ fetch: (path, options = {}) => fetchFrom(daemon.info, path, options) });
  const { content } = await fresh.read(run, `${folder}/data/weights.txt`);
  expect(Buffer.from(content).toString()).toBe('one');
  await expect(fresh.read(run, `${folder}/../../../0/secret`)).rejects.toMatchObject({ name: 'RequestError' });
  const { experiment_id } = await daemon.post<{ experiment_id: string }>('/api/2.0/mlflow/experiments/create', {
    name: 'b',
  });
  await daemon.post('/api/crisol/v1/runs/move', { run_ids: [run], experiment_id });
  expect(await fresh.modelsOf(run)).toMatchObject([{ name: 'match-outcome' }]);
  await expect(fresh.list(run, '#m-nobody')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
});
