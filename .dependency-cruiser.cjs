// Who may import whom. ARCHITECTURE.md says it in words; `npm run check` and a test in test/architecture hold it.
const layers = ['extension', 'webviews', 'language-server', 'daemon'];
const product = [...layers, 'compiled', 'schemas'];

/** The rooms of the daemon, from the ground up. A room sees the rows below its own, and no other room of its row. */
const rows = [
  ['base'],
  ['store', 'life'],
  ['artifacts', 'files'],
  ['tracking', 'data', 'project'],
  ['registry', 'features'],
  ['serving', 'training', 'pipelines', 'sweeps', 'import'],
  ['monitoring', 'deploy', 'triggers'],
  ['http', 'ws'],
  ['cli'],
];

/** Those of the language server, likewise; what one sees of another in the same row is nothing. */
const serverRows = [
  ['documents', 'providers'],
  ['projects'],
  ['live'],
  ['features'],
  ['dvc', 'client'],
  ['known'],
  ['answers', 'telling'],
];

const folder = (names) => `^(${names.join('|')})/`;
const rooms = (home, names) => `^${home}/(${names.join('|')})/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const forbidEach = (names, make) => names.map(make);

const layersApart = forbidEach(layers, (layer) =>
  rule(
    `${layer}-stands-alone`,
    'the four programs meet over HTTP, WebSocket, LSP and postMessage',
    { path: folder([layer]) },
    { path: folder(layers.filter((other) => other !== layer)) },
  ),
);

const roomsDownward = (home, floors, prefix = '') =>
  floors.flatMap((row, height) =>
    row.map((room) =>
      rule(
        `${prefix}${room}-looks-down`,
        'rooms import downward only; what is above hands itself in as a port',
        { path: rooms(home, [room]) },
        {
          path: `${rooms(
            home,
            floors
              .slice(height)
              .flat()
              .filter((other) => other !== room),
          )}|^${home}/[^/]+[.]ts$`,
        },
      ),
    ),
  );

module.exports = {
  forbidden: [
    ...layersApart,
    ...roomsDownward('daemon', rows),
    ...roomsDownward('language-server', serverRows, 'server-'),
    rule(
      'schemas-import-nothing-of-ours',
      'the bottom layer',
      { path: '^schemas/' },
      { path: '^(?!schemas/|node_modules/).*/' },
    ),
    rule(
      'compiled-is-below-the-programs',
      'each of them starts with it',
      { path: '^compiled/' },
      { path: '^(?!schemas/|compiled/|node_modules/).*/', dependencyTypesNot: ['core'] },
    ),
    rule('schemas-do-no-io', 'types and pure rules only', { path: '^schemas/' }, { dependencyTypes: ['core'] }),
    rule(
      'nothing-imports-test',
      'tests know the product, not the other way round',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    rule('product-without-tools', 'tools build the product', { path: folder(product) }, { path: folder(['tools']) }),
    rule(
      'sample-for-the-demo',
      'the product knows the sample in one command only',
      { path: folder(product), pathNot: '^daemon/cli/' },
      { path: folder(['samples']) },
    ),
    rule(
      'through-the-door',
      "a room's public door is its index.ts; the ground floor is open, and the roof is main.ts's own",
      { path: '^daemon/([^/]+)(/|[.]ts$)' },
      { path: '^daemon/[^/]+/', pathNot: '^daemon/(base|http|ws|$1)/|^daemon/.+/index[.]ts$' },
    ),
    rule(
      'sqlite-in-the-store',
      'one place opens databases',
      { path: '^daemon/', pathNot: '^daemon/(store|life)/' },
      { path: 'node_modules/better-sqlite3' },
    ),
    rule(
      'commands-begin-at-once',
      'a command loads the language, and what reads other stores, when it runs: no other one waits for that',
      { path: '^daemon/cli/(main|command|commands/.*)[.]ts$' },
      {
        path: '^daemon/(project|import|cli/lint)/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'daemon-stays-light',
      'the daemon and the command line never infer or scan: that is done in processes of their own',
      { path: '^daemon/(cli/)?main[.]ts$' },
      { path: 'node_modules/(onnxruntime|@duckdb)', reachable: true },
    ),
    rule(
      'vscode-in-the-extension',
      'nothing else knows VS Code',
      { path: folder(product), pathNot: '^extension/' },
      // where its types are installed, the name leads to them
      { path: '^vscode$|node_modules/@types/vscode/' },
    ),
    rule(
      'panels-stand-alone',
      'each is a bundle of its own; what they share is in shared/',
      { path: '^webviews/([^/]+)/' },
      { path: '^webviews/', pathNot: '^webviews/($1|shared)/' },
    ),
    rule(
      'http-at-the-doors',
      'rooms never see HTTP: http/ and the serving host translate',
      { path: '^daemon/', pathNot: '^daemon/(http|serving/host)/' },
      { path: 'node_modules/(fastify|@fastify)/' },
    ),
    rule(
      'sample-stands-alone',
      'its generator must give the same bytes whatever becomes of the product',
      { path: '^samples/' },
      { path: folder([...product, 'tools']) },
    ),
    rule(
      'toolkit-behind-one-module',
      'it is archived upstream: replacing it stays small',
      { pathNot: '^webviews/shared/' },
      { path: 'node_modules/@vscode/webview-ui-toolkit' },
    ),
    rule(
      'webviews-in-the-browser',
      'there is no Node in a webview',
      { path: '^webviews/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'no-circles',
      'a circle cannot be read from top to bottom',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('imports-exist', 'a file that is not there', {}, { couldNotResolve: true, pathNot: '^vscode$' }),
    rule(
      'product-without-dev-packages',
      'what ships is in dependencies',
      { path: folder(product) },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    ),
  ],
  options: {
    parser: 'swc', // TypeScript 7 has no interface for programs
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|playground|test/e2e/editor|test/fixtures)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
