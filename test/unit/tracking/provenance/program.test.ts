import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../../daemon/tracking/provenance/process/mask.ts';
import { listPackages, packageOf } from '../../../../daemon/tracking/provenance/process/packages.ts';
import { inodeOf } from '../../../../daemon/tracking/provenance/process/peer.ts';
import { pythonOf } from '../../../../daemon/tracking/provenance/process/python.ts';
import { processorTime } from '../../../support/processor-time.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

describe('a command is kept without secrets', () => {
  it.each([
    ['an option', ['train.py', '--api-key=abc'], ['train.py', '--api-key=***']],
    ['the word after an option', ['--hf-token', 'hf_abc', '--lr', '1'], ['--hf-token', '***', '--lr', '1']],
    ['an option without a value', ['--token', '--lr', '1'], ['--token', '--lr', '1']],
    ['a variable', ['env', 'DB_PASSWORD=x', 'python'], ['env', 'DB_PASSWORD=***', 'python']],
    ['an address', ['https://me:pw@host/db'], ['https://***@host/db']],
    ['a value that we were given', ['sh', '-c', 'x s3cr3t-value'], ['sh', '-c', 'x ***']],
    ['a query', ['https://h/x?token=abc&a=1'], ['https://h/x?token=***&a=1']],
    ['an override', ['+db.password=x'], ['+db.password=***']],
    ['a header', ['-H', 'Authorization: Bearer abc.def'], ['-H', 'Authorization: Bearer ***']],
    ['code', ["f(api_key='abc', e['X_TOKEN']='abc', n=1)"], ["f(api_key='***', e['X_TOKEN']='***', n=1)"]],
    ['JSON', ['{"secret": "abc", "max_tokens": 9}'], ['{"secret": "***", "max_tokens": 9}']],
    ['a well-known kind', ['--hub=hf_abcdefghijklmnop'], ['--hub=***']],
    ['a word that begins with a dash', ['--password', '-abc!', '--lr', '1'], ['--password', '***', '--lr', '1']],
    ['one that is no option', ['--password', '--ab/c'], ['--password', '***']],
    ['options of one letter', ['--token', '-v'], ['--token', '-v']],
    ['a short name', ['--pwd', 'zzz', '--db_pwd=zzz'], ['--pwd', '***', '--db_pwd=***']],
    ['a name and a password', ['--auth', 'me:pw', '--basic-auth=me:pw'], ['--auth', '***', '--basic-auth=***']],
    ['a user and a password', ['--user', 'me:pw', '--user=me:pw'], ['--user', 'me:***', '--user=me:***']],
    ['both in code', ["get(u, auth=('me', 'pw'), n=1)", "f(auth='me:pw')"], ['get(u, auth=***, n=1)', "f(auth='***')"]],
    ['where it runs', ['/srv/me/train.py'], undefined],
    [
      'names that only look like it',
      ['--max-tokens', '9', '--tokenizer=gpt', '--keys', 'a', '--author', 'b', '--user', 'c'],
      undefined,
    ],
  ])('%s', (_what, words, expected = words) => {
    expect(withoutSecrets(words, { MY_TOKEN: 's3cr3t-value', HOME: 'x', SHORT_KEY: 'sh', PWD: '/srv/me' })).toEqual(
      expected,
    );
  });
});

it('a command of very long words takes no long time', () => {
  const spent = processorTime();
  for (const piece of ['a', 'key', 'token=', '://', 'Bearer ', "token'", 'hf_', 'auth=(', 'auth= '])
    withoutSecrets([piece.repeat(200_000)], {});
  expect(spent()).toBeLessThan(2000);
});

describe('packages', () => {
  it.each([
    ['scikit_learn-1.7.2.dist-info', { name: 'scikit-learn', version: '1.7.2' }],
    ['Jinja2-3.1.6.dist-info', { name: 'jinja2', version: '3.1.6' }],
    ['zope.event-5.0-py3.12.egg-info', { name: 'zope-event', version: '5.0' }],
    ['numpy', undefined],
    ['__pycache__', undefined],
    ['broken.dist-info', undefined],
  ])('of %s', (entry, expected) => expect(packageOf(entry)).toEqual(expected));

  it('are those of the folder that Python takes first', async () => {
    for (const path of ['own/a-2.dist-info', 'all/a-1.dist-info', 'all/b-1.dist-info'])
      mkdirSync(workspace.path(path), { recursive: true });
    const found = await listPackages(['own', 'all', 'gone'].map((name) => workspace.path(name)));
    expect(found.map(({ name, version }) => `${name} ${version}`)).toEqual(['a 2', 'b 1']);
  });
});

describe('a Python', () => {
  const library = 'env with space/lib/python3.12/site-packages';
  const make = (path: string, text = '') => workspace.write(path, text);

  it('is told by what it has loaded, with its environment', async () => {
    make(`${library}/x.so`);
    make('env with space/pyvenv.cfg', 'home = /usr/bin\n');
    make('env with space/bin/python');
    const mapped = [
      '7f0-7f1 r-xp 00000000 08:01 131 /usr/lib/python3/dist-packages/apt_pkg.so',
      `7f2-7f3 r-xp 00000000 08:01 132 ${workspace.path(library)}/x.so`,
      `7f4-7f5 r-xp 00000000 08:01 132 ${workspace.path(library)}/y.so`,
      '7f6-7f7 rw-p 00000000 00:00 0 [heap]',
    ].join('\n');
    const found = await pythonOf({ file: '/usr/bin/python3.11', called: undefined, mapped });
    expect(found).toEqual({
      interpreter: workspace.path('env with space/bin/python'),
      version: '3.12',
      folders: [workspace.path(library), '/usr/lib/python3/dist-packages'],
    });
  });

  it('that has loaded nothing yet is told by how it was called', async () => {
    make(`${library}/a-1.dist-info/METADATA`);
    const called = workspace.path('env with space/bin/python3');
    const found = await pythonOf({ file: '/usr/bin/python3.12', called, mapped: '' });
    expect(found).toEqual({ interpreter: called, version: '3.12', folders: [workspace.path(library)] });
  });

  it('that nobody knows where is nothing', async () => {
    expect(await pythonOf({ file: '/opt/strange/python', called: undefined, mapped: '' })).toBeUndefined();
  });
});

it('a connection of the same ports with another machine is not taken for it', () => {
  const row = (local: string, remote: string, inode: number) =>
    `   0: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1`;
  const found = (local: string, remote: string) => inodeOf(row(local, remote, 7), 0xc350, 0x1f90);
  const mapped = '0000000000000000FFFF0000';
  expect(found('0100007F:C350', '0100007F:1F90')).toBe('7');
  expect(found('0200007F:C350', '0100007F:1F90')).toBe('7');
  expect(found(`${mapped}0100007F:C350`, `${mapped}0100007F:1F90`)).toBe('7');
  expect(found(`${'0'.repeat(24)}01000000:C350`, `${'0'.repeat(24)}01000000:1F90`)).toBe('7');
  expect(found('0A00000A:C350', '0100007F:1F90')).toBeUndefined();
  expect(found('0100007F:C350', '08080808:1F90')).toBeUndefined();
  expect(found(`${'0'.repeat(22)}7F01000000:C350`, `${mapped}0100007F:1F90`)).toBeUndefined();
  expect(found(`${mapped}0100007F:C350`, `${mapped}08080808:1F90`)).toBeUndefined();
});

it('a connection is found by its two ports, from its own side', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 111 1',
    '   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 222 1',
    '   2: 0100007F:C351 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0 3',
  ].join('\n');
  expect(inodeOf(table, 0xc350, 0x1f90)).toBe('222');
  expect(inodeOf(table, 0xc351, 0x1f90)).toBeUndefined();
  expect(inodeOf('', 1, 2)).toBeUndefined();
});
