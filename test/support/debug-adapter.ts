import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';

interface Message {
  type: 'event' | 'response' | 'request';
  event?: string;
  request_seq?: number;
  success?: boolean;
  message?: string;
  body?: Record<string, unknown>;
}

/** Python's own debug adapter, asked as an editor asks it. */
export class DebugAdapter {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly heard: Message[] = [];
  private readonly waiting: (() => void)[] = [];
  private rest = Buffer.alloc(0);
  private seq = 0;

  constructor(python: string) {
    this.child = spawn(python, ['-m', 'debugpy.adapter'], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdout.on('data', (data: Buffer) => this.take(data));
    this.child.stdin.on('error', () => {});
  }

  /** Answers the body of the response. */
  async ask(command: string, args: object = {}): Promise<Record<string, unknown>> {
    const seq = this.send(command, args);
    const answer = await this.wait((one) => one.type === 'response' && one.request_seq === seq);
    if (!answer.success) throw new Error(`${command}: ${answer.message}`);
    return answer.body ?? {};
  }

  /** Some requests are answered only when the program goes on. */
  send(command: string, args: object = {}): number {
    const text = JSON.stringify({ seq: ++this.seq, type: 'request', command, arguments: args });
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    return this.seq;
  }

  async event(name: string): Promise<Record<string, unknown>> {
    return (await this.wait((one) => one.type === 'event' && one.event === name)).body ?? {};
  }

  dispose(): void {
    this.child.kill('SIGKILL');
  }

  private async wait(wanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.heard.find(wanted);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private take(data: Buffer): void {
    this.rest = Buffer.concat([this.rest, data]);
    for (;;) {
      const head = this.rest.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.rest.toString('latin1', 0, Math.max(0, head)))?.[1]);
      if (head < 0 || this.rest.length < head + 4 + length) break;
      this.heard.push(JSON.parse(this.rest.toString('utf8', head + 4, head + 4 + length)));
      this.rest = this.rest.subarray(head + 4 + length);
    }
    for (const wake of this.waiting.splice(0)) wake();
  }
}
