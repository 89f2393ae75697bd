import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import type { HostConfig, HostToDaemon } from '../../../../daemon/serving/protocol.ts';
import { TOKEN_VARIABLE } from '../../../../daemon/serving/protocol.ts';
import { packedProgram } from '../../../support/programs.ts';

export const TOKEN = 'a-token-for-tests';

export interface TestHost {
  child: ChildProcess;
  url: string;
  messages: HostToDaemon[];
  stop(): Promise<void>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** A serving host as the daemon starts it: a child process with a channel, on a free port. */
export async function startHost(folder: string, config: Partial<HostConfig> = {}): Promise<TestHost> {
  const full: HostConfig = {
    endpoint: 'tiny',
    model: 'tiny',
    version: 1,
    folder,
    host: '127.0.0.1',
    port: 0,
    any_port_if_taken: true,
    ...config,
  };
  const child = fork(packedProgram('serving-host'), [JSON.stringify(full)], {
    env: { ...process.env, [TOKEN_VARIABLE]: TOKEN },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const messages: HostToDaemon[] = [];
  child.on('message', (message) => messages.push(message as HostToDaemon));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: HostToDaemon) => {
      if (message.type === 'ready') resolve(message.port);
      if (message.type === 'failed') reject(new Error(message.reason));
    });
    child.once('exit', (code, signal) => reject(new Error(`The host ended (${code ?? signal}).`)));
  });
  const url = `http://127.0.0.1:${port}`;
  const authorization = `Bearer ${TOKEN}`;
  return {
    child,
    url,
    messages,
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
    get: (path, headers) => fetch(url + path, { headers: { authorization, ...headers } }),
    post: (path, body, headers) =>
      fetch(url + path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}
