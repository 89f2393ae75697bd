import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { programPath } from '../../base/programs.ts';
import type { KeeperOptions, Message } from './protocol.ts';

/** What it has made in between goes back to the system sooner. */
const NODE_OPTIONS = ['--max-semi-space-size=8'];

/** It ends by itself when nobody is there to ask any more, after it has saved what it knows. */
export function startKeeper(options: KeeperOptions): ChildProcess {
  const keeper = fork(programPath('files-keeper'), [JSON.stringify(options)], {
    serialization: 'advanced',
    execArgv: NODE_OPTIONS,
    // it talks to nobody else: certificates, which take longer to load than all of it, are none of its business
    env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  keeper.unref();
  // whoever asks one that could not be started, or has ended, is told
  keeper.on('error', () => {});
  return keeper;
}

export function sendTo(keeper: ChildProcess, message: Message): void {
  // whoever waits hears of it when the process has ended
  keeper.send(message, () => {});
}
