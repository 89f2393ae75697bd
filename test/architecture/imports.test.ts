import { createRequire } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { checkImports } from '../../tools/check/imports.ts';
import { TempWorkspace } from '../support/temp-workspace.ts';

const { forbidden }: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
);

/** The one file that is imported and not there. */
const NOWHERE = './nowhere.ts';

/** Each file has one import, which breaks just this rule. */
const BREAKING: [rule: string, file: string, imported: string][] = [
  ['extension-stands-alone', 'extension/apart.ts', '../daemon/base/any.ts'],
  ['webviews-stands-alone', 'webviews/apart.ts', '../extension/any.ts'],
  ['language-server-stands-alone', 'language-server/apart.ts', '../daemon/base/any.ts'],
  ['compiled-is-below-the-programs', 'compiled/up.ts', '../daemon/base/any.ts'],
  ['daemon-stands-alone', 'daemon/apart.ts', '../language-server/any.ts'],
  ['base-looks-down', 'daemon/base/up.ts', '../store/index.ts'],
  ['store-looks-down', 'daemon/store/up.ts', '../tracking/index.ts'],
  ['store-looks-down', 'daemon/store/to-the-roof.ts', '../ports.ts'],
  ['life-looks-down', 'daemon/life/aside.ts', '../store/index.ts'],
  ['artifacts-looks-down', 'daemon/artifacts/up.ts', '../tracking/index.ts'],
  ['artifacts-looks-down', 'daemon/artifacts/aside.ts', '../files/index.ts'],
  ['files-looks-down', 'daemon/files/up.ts', '../tracking/index.ts'],
  ['tracking-looks-down', 'daemon/tracking/up.ts', '../http/index.ts'],
  ['tracking-looks-down', 'daemon/tracking/aside.ts', '../data/index.ts'],
  ['data-looks-down', 'daemon/data/aside.ts', '../project/index.ts'],
  ['project-looks-down', 'daemon/project/up.ts', '../registry/index.ts'],
  ['registry-looks-down', 'daemon/registry/up.ts', '../serving/index.ts'],
  ['features-looks-down', 'daemon/features/aside.ts', '../registry/index.ts'],
  ['serving-looks-down', 'daemon/serving/up.ts', '../monitoring/index.ts'],
  ['training-looks-down', 'daemon/training/aside.ts', '../pipelines/index.ts'],
  ['pipelines-looks-down', 'daemon/pipelines/aside.ts', '../serving/index.ts'],
  ['sweeps-looks-down', 'daemon/sweeps/aside.ts', '../pipelines/index.ts'],
  ['import-looks-down', 'daemon/import/aside.ts', '../pipelines/index.ts'],
  ['monitoring-looks-down', 'daemon/monitoring/up.ts', '../ws/index.ts'],
  ['deploy-looks-down', 'daemon/deploy/aside.ts', '../monitoring/index.ts'],
  ['triggers-looks-down', 'daemon/triggers/aside.ts', '../monitoring/index.ts'],
  ['http-looks-down', 'daemon/http/aside.ts', '../ws/index.ts'],
  ['ws-looks-down', 'daemon/ws/aside.ts', '../http/index.ts'],
  ['cli-looks-down', 'daemon/cli/to-the-roof.ts', '../ports.ts'],
  ['server-documents-looks-down', 'language-server/documents/up.ts', '../projects/any.ts'],
  ['server-providers-looks-down', 'language-server/providers/aside.ts', '../documents/any.ts'],
  ['server-projects-looks-down', 'language-server/projects/up.ts', '../features/any.ts'],
  ['server-live-looks-down', 'language-server/live/up.ts', '../features/any.ts'],
  ['server-features-looks-down', 'language-server/features/up.ts', '../answers/any.ts'],
  ['server-dvc-looks-down', 'language-server/dvc/aside.ts', '../client/any.ts'],
  ['server-client-looks-down', 'language-server/client/up.ts', '../telling/any.ts'],
  ['server-known-looks-down', 'language-server/known/up.ts', '../answers/any.ts'],
  ['server-answers-looks-down', 'language-server/answers/aside.ts', '../telling/any.ts'],
  ['server-telling-looks-down', 'language-server/telling/to-the-roof.ts', '../server.ts'],
  ['schemas-import-nothing-of-ours', 'schemas/up.ts', '../daemon/base/any.ts'],
  ['schemas-do-no-io', 'schemas/reader.ts', 'node:fs'],
  ['nothing-imports-test', 'tools/tester.ts', '../test/support/any.ts'],
  ['product-without-tools', 'daemon/tool-user.ts', '../tools/any.ts'],
  ['sample-for-the-demo', 'extension/demo.ts', '../samples/any.ts'],
  ['through-the-door', 'daemon/http/burglar.ts', '../tracking/repository.ts'],
  ['sqlite-in-the-store', 'daemon/tracking/database.ts', 'better-sqlite3'],
  ['commands-begin-at-once', 'daemon/cli/commands/slow.ts', '../../project/index.ts'],
  // by way of what may import it
  ['daemon-stays-light', 'daemon/main.ts', './training/index.ts'],
  ['vscode-in-the-extension', 'daemon/editor.ts', 'vscode'],
  ['panels-stand-alone', 'webviews/runs/aside.ts', '../drift/any.ts'],
  ['http-at-the-doors', 'daemon/tracking/server.ts', 'fastify'],
  ['sample-stands-alone', 'samples/apart.ts', '../schemas/any.ts'],
  ['toolkit-behind-one-module', 'webviews/runs/button.ts', '@vscode/webview-ui-toolkit'],
  ['webviews-in-the-browser', 'webviews/runs/reader.ts', 'node:fs'],
  ['no-circles', 'daemon/base/egg.ts', './hen.ts'],
  ['imports-exist', 'tools/lost.ts', NOWHERE],
  ['product-without-dev-packages', 'extension/typist.ts', 'typescript'],
];

const ALLOWED: [file: string, imported: string][] = [
  ['daemon/http/visitor.ts', '../tracking/index.ts'],
  ['daemon/store/database.ts', 'better-sqlite3'],
  ['daemon/training/index.ts', 'onnxruntime-node'],
  ['extension/window.ts', 'vscode'],
  ['webviews/runs/chart.ts', '../shared/any.ts'],
  // the other half of a circle, which is told of once
  ['daemon/base/hen.ts', './egg.ts'],
];

const PACKAGES = ['better-sqlite3', 'onnxruntime-node', 'fastify', '@vscode/webview-ui-toolkit'];
const DEV_PACKAGES = ['typescript'];

/** A project with all of these imports, and with what they lead to. */
function project(): Record<string, string> {
  const imports = [...BREAKING.map(([, file, imported]) => [file, imported] as const), ...ALLOWED];
  const within = imports.filter(([, imported]) => imported.startsWith('.') && imported !== NOWHERE);
  const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  return Object.fromEntries([
    ['package.json', JSON.stringify({ dependencies: versions(PACKAGES), devDependencies: versions(DEV_PACKAGES) })],
    ...[...PACKAGES, ...DEV_PACKAGES].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, ''],
    ]),
    ...within.map(([file, imported]) => [join(dirname(file), imported), 'export {};\n']),
    ...imports.map(([file, imported]) => [file, `import '${imported}';\n`]),
  ]);
}

async function brokenRules(): Promise<Map<string, string[]>> {
  const folder = new TempWorkspace({ files: project() });
  try {
    const report = (await checkImports(folder.folder)) ?? '';
    const lines = [...report.matchAll(/^ {2}([\w-]+): (\S+) → /gm)];
    const byFile = Map.groupBy(lines, ([, , file = '']) => file);
    return new Map([...byFile].map(([file, found]) => [file, found.map(([, rule = '']) => rule)]));
  } finally {
    folder.dispose();
  }
}

// the check itself runs over the project in `npm run check`; here each of its rules is seen to bite
const broken = await brokenRules();

test('no rule goes without an import that it forbids', () => {
  const names = forbidden.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(30);
  expect(names.toSorted()).toEqual([...new Set(BREAKING.map(([rule]) => rule))].toSorted());
});

test.for(BREAKING)('%s: %s may not import %s', ([rule, file]) => {
  expect(broken.get(file)).toEqual([rule]);
});

test('what is allowed is not complained about', () => {
  const files = new Set(BREAKING.map(([, file]) => file));
  expect([...broken].filter(([file]) => !files.has(file))).toEqual([]);
});
