/** Makes the npm package `crisol-language-server` of what is built: `npm run language-server -- FOLDER`. */
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { languageSchemas } from '../schemas/language/json-schema/index.ts';
import { build } from './build.ts';
import { ROOT } from './lib/root.ts';

const NAME = 'crisol-language-server';
const PAGES = ['crisol-yaml.md', 'crisol-yaml-reference.md', 'other-editors.md'];

/** The server has no dependencies; its diagnostics link to the page beside it. */
export function stageLanguageServer(folder: string): void {
  const { version, license, keywords } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const manifest = {
    name: NAME,
    version,
    description: 'The language server of crisol.yaml, for any editor that speaks the Language Server Protocol.',
    license,
    keywords: [...keywords, 'language-server', 'lsp', 'yaml'],
    bin: { [NAME]: `bin/${NAME}.cjs` },
    engines: { node: '>=22' },
    files: ['bin', 'dist', 'docs', 'schemas'],
  };
  write(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  write(join(folder, 'bin', `${NAME}.cjs`), "#!/usr/bin/env node\nrequire('../dist/language-server.cjs');\n");
  chmodSync(join(folder, 'bin', `${NAME}.cjs`), 0o755);
  const schemas = Object.keys(languageSchemas()).map((name) => `schemas/${name}`);
  const programs = ['language-server', 'language-server-core'].map((name) => `dist/${name}.cjs`);
  for (const file of ['LICENSE', ...programs, ...schemas]) copy(file, join(folder, file));
  for (const page of PAGES) write(join(folder, 'docs', page), pageOf(page, ''));
  write(join(folder, 'README.md'), pageOf('other-editors.md', 'docs/'));
}

/** Links lead to pages that come with it; of others their words stay. */
function pageOf(page: string, folder: string): string {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return text.replaceAll(/\[([^\]]*)\]\((?!https?:|#)([^)#]+)([^)]*)\)/g, (_, words, path, place) =>
    PAGES.includes(path) ? `[${words}](${folder}${path}${place})` : words,
  );
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(ROOT, from), to);
}

if (import.meta.main) {
  const [wanted] = process.argv.slice(2);
  if (wanted === undefined) {
    console.error('npm run language-server -- FOLDER');
    process.exitCode = 2;
  } else {
    // npm runs its scripts in the checkout: a path is meant from where the user stands
    const folder = resolve(process.env.INIT_CWD ?? '', wanted);
    await build();
    stageLanguageServer(folder);
    console.log(`${folder}: npm publish ${folder}`);
  }
}
