import { afterEach, describe, expect, test, vi } from 'vitest';
import { readBeginning } from '../../../daemon/artifacts/beginning.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const workspace = new TempWorkspace({ files: { 'x.parquet': 'no Parquet at all' } });
afterEach(() => {
  vi.unstubAllEnvs();
  workspace.dispose();
});

describe('a table that cannot be shown', () => {
  test('says why: what is wrong with the file, or that it ended the program', async () => {
    const read = () => readBeginning(workspace.path('x.parquet'), 'x.parquet');
    await expect(read()).rejects.toMatchObject({
      code: 'DATA_UNREADABLE',
      message: expect.stringMatching(/^x\.parquet could not be read: (?!it ended)/),
    });
    // a program that does not even start
    vi.stubEnv('NODE_OPTIONS', '--no-such-option');
    await expect(read()).rejects.toMatchObject({
      code: 'DATA_UNREADABLE',
      message: 'x.parquet could not be read: it ended the program.',
    });
  });
});
