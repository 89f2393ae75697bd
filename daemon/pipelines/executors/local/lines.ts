import type { Socket } from 'node:net';

const UNPROVEN_BYTES = 4_096;
const MOST_BYTES = 64 * 1024 * 1024;

/** JSON messages over a socket, one a line. What is no message, or is far too long, ends the connection. */
export class Lines {
  /** until then hardly anything is listened to */
  trusted = false;
  private readonly socket: Socket;
  private pieces: string[] = [];
  private length = 0;

  constructor(socket: Socket, heard: (message: object) => void) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.take(text, heard));
  }

  send(message: object): void {
    if (!this.socket.destroyed) this.socket.write(`${JSON.stringify(message)}\n`);
  }

  private take(text: string, heard: (message: object) => void): void {
    const [first = '', ...rest] = text.split('\n');
    this.add(first);
    for (const line of rest) {
      const whole = this.pieces.join('');
      [this.pieces, this.length] = [[], 0];
      const message = parsed(whole);
      if (message) heard(message);
      else this.socket.destroy();
      // whoever heard it may have ended the connection
      if (this.socket.destroyed) return;
      this.add(line);
    }
  }

  private add(piece: string): void {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.length > (this.trusted ? MOST_BYTES : UNPROVEN_BYTES)) this.socket.destroy();
  }
}

function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
