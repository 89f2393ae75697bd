/** `crisol-language-server`: the server for any editor. It speaks on standard input and output, and says nothing else there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compiledFolderOf } from '../schemas/compiled-folder.ts';
import { VERSION } from '../schemas/version.ts';
import { startCompiled } from './compiled/start.ts';
import { keepMemorySmall } from './memory.ts';

const WRONG_USAGE = 2;
const OLDEST_NODE = 22;
const NAME = process.env.CRISOL_SERVER_CALLED ?? 'crisol-language-server';
const USAGE = `Usage: ${NAME} --stdio

The language server of crisol.yaml, for editors that speak the Language Server Protocol.

  --stdio      speak on standard input and output
  --version    print the version
  --help       print this`;

/** Editors add the id of their process, so that the server ends with them; `initialize` brings it, too. */
const KNOWN = /^--(stdio|clientProcessId=\d+)$/;

const args = process.argv.slice(2);
const wrong = args.find((arg) => !KNOWN.test(arg));

if (args.includes('--help') || args.includes('-h')) process.stdout.write(`${USAGE}\n`);
else if (args.includes('--version') || args.includes('-V')) process.stdout.write(`${VERSION}\n`);
else if (wrong !== undefined) refuse(`${wrong} is not known.`);
else if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  refuse(`It needs Node ${OLDEST_NODE} or newer; this is ${process.version}.`);
} else if (!args.includes('--stdio')) refuse('Say how to speak: add --stdio.');
else {
  // what V8 is told decides what it takes of what it compiled before
  keepMemorySmall();
  void start();
}

/** Packed, the server is a program of its own beside this one. */
async function start(): Promise<void> {
  const packed = join(import.meta.dirname, 'language-server-core.cjs');
  if (!existsSync(packed)) return (await import('./server.ts')).serve();
  const { platform, env } = process;
  // one without a home has no account here: asking the system for it would fail
  const home = env.HOME ?? env.USERPROFILE ?? '';
  const folder = join(compiledFolderOf({ platform, env, home }), 'language-server');
  const { exports, keep } = startCompiled<typeof import('./server.ts')>(packed, `server-${VERSION}`, folder);
  exports.serve(keep);
}

function refuse(sentence: string): void {
  process.stderr.write(`${NAME}: ${sentence}\n\n${USAGE}\n`);
  process.exitCode = WRONG_USAGE;
}
