import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { FilesWorkspace } from './workspace.ts';

const workspace = new FilesWorkspace();
afterAll(() => workspace.end());

const name = fc.constantFrom('a', 'b', 'c', 'ñ\n');
const content = fc.constantFrom('', '1', '22', 'x'.repeat(2 << 20));
const file = fc.record({ content, mode: fc.constantFrom(0o644, 0o755) });
const link = fc.record({ target: fc.constantFrom('a', '../b', 'c/a') });
type Node = { content: string; mode: number } | { target: string } | { in: Record<string, Node> };
const { folder } = fc.letrec<{ folder: { in: Record<string, Node> }; node: Node }>((tie) => ({
  folder: fc.record({ in: fc.dictionary(name, tie('node'), { maxKeys: 4 }) }),
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, file, link, tie('folder')),
}));

function make(path: string, node: Node): void {
  if ('in' in node) {
    mkdirSync(workspace.path(path));
    for (const [child, below] of Object.entries(node.in)) make(`${path}/${child}`, below);
  } else if ('target' in node) symlinkSync(node.target, workspace.path(path));
  else {
    workspace.write(path, node.content);
    chmodSync(workspace.path(path), node.mode);
  }
}

/** A path and all below it. Node's own `recursive` follows links, out of the workspace, too. */
function pathsBelow(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  return [path, ...readdirSync(path).flatMap((child) => pathsBelow(`${path}/${child}`))];
}

const DAMAGES: ((path: string) => void)[] = [
  (path) => rmSync(path, { recursive: true }),
  (path) => {
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, 0o700);
  },
  (path) => {
    rmSync(path, { recursive: true });
    symlinkSync(workspace.path('elsewhere'), path);
  },
  (path) => {
    rmSync(path, { recursive: true });
    mkdirSync(`${path}/b`, { recursive: true });
  },
  (path) => {
    if (lstatSync(path).isFile()) appendFileSync(path, 'more');
  },
];
const damage = fc.record({ at: fc.nat(), how: fc.constantFrom(...DAMAGES.keys()) });

function apply({ at, how }: { at: number; how: number }): void {
  const paths = pathsBelow(workspace.path('out'));
  const path = paths[at % paths.length];
  if (path === undefined) return;
  // what a test breaks is its own
  expect(`${realpathSync(dirname(path))}/`.startsWith(`${workspace.folder}/`)).toBe(true);
  DAMAGES[how]?.(path);
}

it('any folder that was kept comes back the same, whatever became of it, and nothing beside it changes', async () => {
  workspace.write('elsewhere/a', 'not an out');
  await fc.assert(
    fc.asyncProperty(folder, fc.array(damage, { maxLength: 4 }), async (tree, damages) => {
      rmSync(workspace.path('out'), { recursive: true, force: true });
      make('out', tree);
      const kept = await workspace.files.keep('out');
      for (const one of damages) apply(one);
      await workspace.files.restore('out', kept);
      expect(await workspace.digest('out')).toEqual(kept);
      expect(readdirSync(workspace.path('elsewhere'))).toEqual(['a']);
      expect(workspace.read('elsewhere/a')).toBe('not an out');
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
