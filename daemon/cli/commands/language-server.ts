import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { SERVER_FLAGS } from '../../../schemas/language/protocol.ts';
import { programPath } from '../../base/programs.ts';
import { command } from '../command.ts';
import { WORK_FAILED } from '../exit-codes.ts';

/** The server is a program of its own: it speaks on our standard input and output, and we end as it does. */
export function languageServerCommand(): Command {
  return command('language-server', 'the language server of crisol.yaml, for any editor')
    .option('--stdio', 'speak on standard input and output')
    .option('--clientProcessId <id>', 'the editor: the server ends with it')
    .action(serve);
}

async function serve({ stdio, clientProcessId }: { stdio?: boolean; clientProcessId?: string }): Promise<void> {
  const args = [stdio ? ['--stdio'] : [], clientProcessId ? [`--clientProcessId=${clientProcessId}`] : []].flat();
  const env = { ...process.env, CRISOL_SERVER_CALLED: 'crisol language-server' };
  const server = spawn(process.execPath, [...SERVER_FLAGS, programPath('language-server'), ...args], {
    stdio: 'inherit',
    env,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
  process.exitCode = await new Promise<number>((resolve) => {
    server.once('error', () => resolve(WORK_FAILED));
    server.once('close', (code) => resolve(code ?? WORK_FAILED));
  });
}
