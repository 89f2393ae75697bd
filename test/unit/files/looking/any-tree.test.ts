import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { LookingWorkspace } from './in-process.ts';

const workspace = new LookingWorkspace();
afterAll(() => workspace.dispose());

const name = fc.constantFrom('a', 'b', 'ñ', 'x y', '\n');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => ['data', ...names].join('/'));
const edit = fc.oneof(
  fc.record({ do: fc.constant('write' as const), path, content: fc.constantFrom('', '1', '2', '22') }),
  fc.record({ do: fc.constant('run' as const), path, content: fc.constantFrom('1', '2') }),
  fc.record({ do: fc.constant('link' as const), path, content: fc.constantFrom('a', '../b') }),
  fc.record({ do: fc.constant('folder' as const), path, content: fc.constant('') }),
  fc.record({ do: fc.constant('remove' as const), path, content: fc.constant('') }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** The tree as a map, made by the test itself. */
type Tree = Map<string, string>;

function apply(tree: Tree, { do: what, path: at, content }: Edit): void {
  const target = workspace.path(at);
  makeFolders(tree, dirname(at));
  for (const known of tree.keys()) if (known === at || known.startsWith(`${at}/`)) tree.delete(known);
  rmSync(target, { recursive: true, force: true });
  if (what === 'remove') return;
  tree.set(at, `${what} ${content}`);
  if (what === 'folder') mkdirSync(target);
  else if (what === 'link') symlinkSync(content, target);
  else {
    workspace.write(at, content);
    chmodSync(target, what === 'run' ? 0o755 : 0o644);
  }
}

/** A file or a link on the way makes way. */
function makeFolders(tree: Tree, folder: string): void {
  if (folder === 'data' || folder === '.') return;
  makeFolders(tree, dirname(folder));
  const target = workspace.path(folder);
  if (!lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) {
    rmSync(target, { force: true });
    mkdirSync(target);
  }
  tree.set(folder, 'folder ');
}

function textOf(tree: Tree): string {
  return JSON.stringify([...tree].sort());
}

it('equal trees have equal digests and others have others, however they came to be', async () => {
  const bySha = new Map<string, string>();
  const byTree = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(edit, { maxLength: 4 }), { maxLength: 5 }), async (rounds) => {
      rmSync(workspace.path('data'), { recursive: true, force: true });
      mkdirSync(workspace.path('data'));
      workspace.forget();
      const tree: Tree = new Map();
      for (const edits of rounds) {
        for (const one of edits) apply(tree, one);
        // of the very moment: what was written just now is not trusted
        const { digest } = await workspace.look('data', { at: Date.now() });
        const sha256 = digest?.sha256 ?? '';
        expect(bySha.get(sha256) ?? textOf(tree)).toBe(textOf(tree));
        expect(byTree.get(textOf(tree)) ?? sha256).toBe(sha256);
        bySha.set(sha256, textOf(tree));
        byTree.set(textOf(tree), sha256);
      }
    }),
    { numRuns: 150 },
  );
  expect(bySha.size).toBeGreaterThan(20);
});
