import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Received {
  path: string;
  authorization: string | undefined;
  body: unknown;
  /** of the connection that it came over, there is one object */
  connection: Socket;
}

export interface Answer {
  status: number;
  body?: unknown;
}

/** Stands where the daemon will: keeps the JSON that is sent to it and answers as told. */
export async function startRecordingServer(answerTo: (request: Received) => Answer) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { url: path = '', headers, socket } = request;
      const one = { path, authorization: headers.authorization, body: JSON.parse(text), connection: socket };
      received.push(one);
      const { status, body = {} } = answerTo(one);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close(): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}
