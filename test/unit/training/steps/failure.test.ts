import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CrisolError } from '../../../../daemon/base/errors.ts';
import { stepFailure } from '../../../../daemon/training/steps/failure.ts';

test.each([
  ['ENOSPC: no space left on device, write', 'STORE_DISK_FULL'],
  ['IO Error: Could not write file "build/train.parquet": No space left on device', 'STORE_DISK_FULL'],
  ["EROFS: read-only file system, mkdir 'build'", 'STORE_READ_ONLY'],
  ['IO Error: Cannot open file "build/train.csv.partial": Permission denied', 'STORE_READ_ONLY'],
  ['something nobody thought of', 'INTERNAL_ERROR'],
])('%s', (message, code) => {
  expect(stepFailure(new Error(message))).toMatchObject({ code, message });
});

test('a file that stands in the way is named', async () => {
  const thrown = await writeFile(`${import.meta.filename}/model.onnx`, 'x').catch((failure: unknown) => failure);
  expect(stepFailure(thrown)).toMatchObject({
    code: 'INVALID_PARAMETER_VALUE',
    message: expect.stringContaining('failure.test.ts/model.onnx'),
  });
});

test('what has a code already keeps it', () => {
  const failure = new CrisolError('MODEL_INVALID', 'no model');
  expect(stepFailure(failure)).toBe(failure);
});
