import { connect } from 'node:net';

export interface Target {
  port: number;
  runId: string;
  token: string;
}

export interface Load {
  /** each request's time, in milliseconds */
  latencies: number[];
  requestsPerSecond: number;
}

/** `clients` keep-alive connections, each with one request under way, until `total` are answered. */
export async function logMetrics(target: Target, clients: number, total: number): Promise<Load> {
  const latencies: number[] = [];
  const counter = { left: total, next: firstStep };
  firstStep += total;
  const begin = performance.now();
  await Promise.all(Array.from({ length: clients }, () => client(target, counter, latencies)));
  return { latencies, requestsPerSecond: (total / (performance.now() - begin)) * 1000 };
}

let firstStep = 0;

function client(target: Target, counter: { left: number; next: number }, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: target.port, host: '127.0.0.1', noDelay: true });
    let sentAt = 0;
    let answer = '';
    const next = () => {
      if (counter.left-- <= 0) {
        socket.end();
        return resolve();
      }
      answer = '';
      sentAt = performance.now();
      socket.write(request(target, counter.next++));
    };
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (!isComplete(answer)) return;
      if (!answer.startsWith('HTTP/1.1 200')) return reject(new Error(answer));
      latencies.push(performance.now() - sentAt);
      next();
    });
  });
}

function request({ port, runId, token }: Target, step: number): string {
  const body = JSON.stringify({
    run_uuid: runId,
    run_id: runId,
    key: 'loss',
    value: 1 / (step + 1),
    timestamp: Date.now(),
    step,
  });
  return (
    `POST /api/2.0/mlflow/runs/log-metric HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

function isComplete(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
  return answer.length >= end + 4 + length;
}
