/** `crisol-language-server`: the server for any editor. It speaks on standard input and output, and says nothing else there. */
import { join } from 'node:path';
import { startRest } from '../compiled/start.ts';
import { VERSION } from '../schemas/version.ts';
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

async function start(): Promise<void> {
  const packed = join(import.meta.dirname, 'language-server-core.cjs');
  const { exports, keep } = await startRest(packed, () => import('./server.ts'));
  exports.serve(keep);
}

function refuse(sentence: string): void {
  process.stderr.write(`${NAME}: ${sentence}\n\n${USAGE}\n`);
  process.exitCode = WRONG_USAGE;
}
