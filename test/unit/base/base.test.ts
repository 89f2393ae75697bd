import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Disposables } from '../../../daemon/base/disposables.ts';
import { Emitter } from '../../../daemon/base/emitter.ts';
import { asCrisolError, CrisolError } from '../../../daemon/base/errors.ts';
import { asFileError } from '../../../daemon/base/file-errors.ts';
import { newId } from '../../../daemon/base/ids.ts';
import { programPath } from '../../../daemon/base/programs.ts';

describe('what was begun is ended', () => {
  const recorder = (log: string[]) => (name: string, failure?: Error) => ({
    async dispose() {
      log.push(name);
      if (failure) throw failure;
    },
  });

  it('in reverse order, each after the one before, and once', async () => {
    const log: string[] = [];
    const life = new Disposables();
    for (const name of ['store', 'rooms', 'doors']) life.add(recorder(log)(name));
    await life.dispose();
    await life.dispose();
    expect(log).toEqual(['doors', 'rooms', 'store']);
  });

  it('also when some of it fails, and the failures are told together', async () => {
    const log: string[] = [];
    const life = new Disposables();
    life.add(recorder(log)('store'));
    life.add(recorder(log)('rooms', new Error('stuck')));
    life.add(recorder(log)('doors', new Error('jammed')));
    const { errors } = (await life
      .dispose()
      .catch((failure: AggregateError) => failure as AggregateError)) as AggregateError;
    expect(errors.map(({ message }) => message)).toEqual(['jammed', 'stuck']);
    expect(log).toEqual(['doors', 'rooms', 'store']);
  });
});

it('tells all who listen, until they do no more', () => {
  const heard: string[] = [];
  const emitter = new Emitter<string>();
  const first = emitter.on((event) => heard.push(`1 ${event}`));
  emitter.on((event) => heard.push(`2 ${event}`));
  emitter.emit('a');
  void first.dispose();
  emitter.emit('b');
  expect(heard).toEqual(['1 a', '2 a', '2 b']);
});

describe('errors', () => {
  it('say what is wrong and what to do, in one shape', () => {
    const error = new CrisolError('PIPELINE_BUSY', 'It runs.');
    expect(error.toBody()).toEqual({
      error_code: 'PIPELINE_BUSY',
      message: 'It runs.',
      hint: expect.stringMatching(/Wait/),
    });
    expect(error.status).toBe(409);
    expect(new CrisolError('PIPELINE_BUSY', 'It runs.', { hint: 'Sleep.' }).hint).toBe('Sleep.');
  });

  it('that nobody expected keep their cause', () => {
    const cause = new TypeError('x is undefined');
    expect(asCrisolError(cause)).toMatchObject({ code: 'INTERNAL_ERROR', message: 'x is undefined', cause });
    expect(asCrisolError('text')).toMatchObject({ code: 'INTERNAL_ERROR', message: 'text' });
    const known = new CrisolError('BAD_REQUEST', 'no');
    expect(asCrisolError(known)).toBe(known);
  });

  it.each([
    ['ENOSPC', 'STORE_DISK_FULL'],
    ['EDQUOT', 'STORE_DISK_FULL'],
    ['EROFS', 'STORE_READ_ONLY'],
    ['EACCES', 'STORE_READ_ONLY'],
  ])('of files: %s is %s', (code, ours) => {
    expect(asFileError(Object.assign(new Error('no'), { code }), 'f')).toMatchObject({ code: ours });
  });

  it('of files that are our own mistake stay what they are', () => {
    const missing = Object.assign(new Error('no'), { code: 'ENOENT' });
    expect(asFileError(missing, 'f')).toBe(missing);
    expect(asFileError('text', 'f')).toBe('text');
  });
});

it('names things with 32 hexadecimal digits, out of the chance it is given', () => {
  expect(newId(() => new Uint8Array(16).fill(0xa5))).toBe('a5'.repeat(16));
  expect(newId()).toMatch(/^[0-9a-f]{32}$/);
  expect(newId()).not.toBe(newId());
});

it('finds each program that runs in a process of its own', () => {
  for (const program of ['daemon', 'crisol', 'store-reader', 'step-supervisor', 'serving-host'] as const) {
    expect(existsSync(programPath(program))).toBe(true);
  }
});
