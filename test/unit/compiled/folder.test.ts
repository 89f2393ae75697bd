import { expect, it } from 'vitest';
import { compiledFolderOf } from '../../../compiled/folder.ts';

const home = '/ana';

it.each([
  ['linux', {}, '/ana/.cache/crisol/compiled'],
  ['linux', { XDG_CACHE_HOME: '/big/cache' }, '/big/cache/crisol/compiled'],
  ['darwin', {}, '/ana/Library/Caches/crisol/compiled'],
  ['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local/crisol/compiled'],
  ['linux', { NODE_COMPILE_CACHE: '/mine' }, '/mine'],
])('what is compiled is kept for this user: on %s with %o in %s', (platform, env, folder) => {
  expect(compiledFolderOf({ platform, env, home })).toBe(folder);
});

it.each([
  ['linux', { XDG_CACHE_HOME: 'cache' }],
  ['linux', { XDG_CACHE_HOME: './cache', NODE_COMPILE_CACHE: 'compiled' }],
  ['linux', { XDG_CACHE_HOME: '', NODE_COMPILE_CACHE: '' }],
  ['win32', { LOCALAPPDATA: 'Local' }],
])('never where one happens to stand, which may be a workspace: on %s with %o', (platform, env) => {
  expect(compiledFolderOf({ platform, env, home })).toBe('/ana/.cache/crisol/compiled');
});
