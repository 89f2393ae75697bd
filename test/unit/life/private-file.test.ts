import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPrivate, writePrivate } from '../../../daemon/life/private-file.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const Shape = Type.Object({ text: Type.String() });
const read = () => readPrivate(workspace.path('file.json'), Shape);

it('reads back what it wrote', () => {
  writePrivate(workspace.path('file.json'), { text: 'kept' });
  expect(read()).toEqual({ text: 'kept' });
});

describe('takes for none', () => {
  it('what is larger than it ever writes', () => {
    workspace.write('file.json', JSON.stringify({ text: 'x'.repeat(70_000) }));
    expect(read()).toBeUndefined();
  });
});
