import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { ROOT } from '../lib/root.ts';
import type { Entry } from './entries.ts';
import { nodeEntries, webviewEntries } from './entries.ts';

/** Native packages are never bundled: they are found in node_modules, beside the bundle or above it. */
export const NATIVES = ['better-sqlite3', 'onnxruntime-node', 'onnxruntime-common', '@duckdb/node-api'];

const shared: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  sourcemap: 'linked',
  // the sources are this project's own: what a debugger needs is the mapping, the text it finds in the checkout
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.svg': 'dataurl', '.sql': 'text' },
};

function nodeBundles(entries: Entry[]): BuildOptions {
  return {
    ...shared,
    entryPoints: entries.map(({ name, source }) => ({ in: source, out: name })),
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    supported: { 'dynamic-import': false }, // `require`, which every host of extensions has
    target: 'node22', // VS Code's own Node may be older than the 24 of the checkout
    external: ['vscode', ...NATIVES],
    // some packages' `main` is UMD, whose inner `require` a bundler cannot follow
    mainFields: ['module', 'main'],
    // V8 keeps the whole text, two bytes a sign if one of them is beyond Latin-1, as in comments: without them it is a third
    // as much. The rest is not minified, and lines stay short, since Node prints the line that threw
    minifyWhitespace: true,
    lineLimit: 120,
    define: {
      'import.meta.url': '__bundleUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    plugins: [lazyParts(entries), directVscode(), whenAsked()],
    banner: { js: "const __bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
  };
}

/**
 * A dynamic import of an entry stays one, of the bundle beside: in one bundle all of it would have to be read at once, and
 * the extension's activation would wait for a language client that may never be needed.
 */
function lazyParts(entries: Entry[]): Plugin {
  return {
    name: 'lazy-parts',
    setup(build) {
      build.onResolve({ filter: /^[.]/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const source = relative(ROOT, join(resolveDir, path));
        const part = entries.find((entry) => entry.source === source);
        return part && { path: `./${part.name}.cjs`, external: true };
      });
    },
  };
}

/**
 * `import * as vscode` becomes a plain `require`: the namespace objects that esbuild makes of it, one a file, copy each of
 * the API's hundreds of getters, 12 ms of an activation.
 */
function directVscode(): Plugin {
  return {
    name: 'direct-vscode',
    setup(build) {
      build.onLoad({ filter: /[\\/]extension[\\/].*\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const contents = source.replace("import * as vscode from 'vscode';", "const vscode = require('vscode');");
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** What some modules ask for as they are loaded, and hardly ever use: a tenth of the daemon's start. */
const SELDOM_USED: { by: RegExp; what: RegExp }[] = [
  // other kinds of servers, and compressed messages: ours is one of plain HTTP on this machine
  { by: /[\\/]node_modules[\\/](fastify|ws)[\\/]/, what: /^(node:)?(https|http2|tls|zlib)$/ },
  // names of pipes and packages elsewhere: ours speaks on standard input and output
  { by: /[\\/]node_modules[\\/]vscode-(languageserver|jsonrpc)[\\/]/, what: /^(crypto|child_process)$/ },
  // for tests of columns
  { by: /[\\/]chi-square\.ts$/, what: /^@stdlib[/]math-base-special-gammainc$/ },
];

/** These are loaded when somebody calls them, or asks them for something. */
function whenAsked(): Plugin {
  const namespace = 'when-asked';
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^(node:|@?[a-z])/ }, ({ path, importer, resolveDir }) =>
        SELDOM_USED.some(({ by, what }) => what.test(path) && by.test(importer))
          ? { path, namespace, pluginData: resolveDir }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace }, ({ path, pluginData: resolveDir }) => {
        const real = `require(${JSON.stringify(path)})`;
        const traps = `{ get: (_, name) => ${real}[name], apply: (_, __, words) => ${real}(...words) }`;
        return { contents: `module.exports = new Proxy(() => {}, ${traps});`, resolveDir };
      });
    },
  };
}

function webviewBundles(entries: Entry[]): BuildOptions {
  return {
    ...shared,
    entryPoints: entries.map(({ name, source }) => ({ in: source, out: name })),
    outdir: 'dist/webviews',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  };
}

/** The options of every bundle that can be built now. */
export function allBundles(): BuildOptions[] {
  const bundles: BuildOptions[] = [];
  const node = nodeEntries();
  if (node.length > 0) bundles.push(nodeBundles(node));
  const webviews = webviewEntries();
  if (webviews.length > 0) bundles.push(webviewBundles(webviews));
  return bundles;
}
