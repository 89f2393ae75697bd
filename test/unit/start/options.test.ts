import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readOptions } from '../../../tools/start/options.ts';

it('opens no editor and takes a folder from where the user stands', () => {
  expect(readOptions(['--no-editor', '--folder', 'mine'], { INIT_CWD: '/home/u' })).toEqual({
    editor: 'none',
    folder: resolve('/home/u', 'mine'),
  });
});

it('understands options that npm took for its own: `npm start --no-editor`', () => {
  const env = { npm_config_editor: 'false', npm_config_folder: '/tmp/x' };
  expect(readOptions([], env)).toEqual({ editor: 'none', folder: resolve('/tmp/x') });
  expect(readOptions([], { npm_config_browser: 'true' })?.editor).toBe('browser');
});

it('says what is wrong with an option that it does not know', () => {
  expect(() => readOptions(['--bogus'], {})).toThrow(/--bogus/);
  expect(readOptions(['--help'], {})).toBeUndefined();
});
