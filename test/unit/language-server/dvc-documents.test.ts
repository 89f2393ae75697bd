import { symlinkSync, truncateSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { DvcDocuments } from '../../../language-server/dvc/documents.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const workspace = new TempWorkspace({ files: { 'params.yaml': 'lr: 1', 'large.yaml': '' } });
afterAll(() => workspace.dispose());

it('beside dvc.yaml only ordinary files of a sensible size are read: a device would never end', () => {
  symlinkSync('/dev/null', workspace.path('device.yaml'));
  truncateSync(workspace.path('large.yaml'), 5_000_001);
  const dvc = new DvcDocuments(() => undefined);
  const read = (path: string) => dvc.read(pathToFileURL(workspace.path('dvc.yaml')).href, path);
  expect(read('params.yaml')).toBe('lr: 1');
  expect(['device.yaml', 'large.yaml', 'gone.yaml', '.'].map(read)).toEqual(Array(4).fill(undefined));
});
