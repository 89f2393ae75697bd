import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';

export interface Asked {
  method?: string;
  token: string;
  /** sent as JSON */
  body?: unknown;
  /** gives up when nothing arrives for so long */
  quietMs?: number;
}

export interface Answered {
  status: number;
  /** the parsed JSON; undefined when it is none */
  body: unknown;
}

/**
 * One JSON request on this machine. Not `fetch`: loading it takes longer than all that a short command does, and it gives
 * up on answers that need more than five minutes.
 */
export async function ask(url: string, { method = 'GET', token, body, quietMs }: Asked): Promise<Answered> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, { method, headers, timeout: quietMs }, resolve);
    sent.once('error', reject);
    sent.once('timeout', () => sent.destroy(new Error(`${url} was quiet for ${quietMs} ms`)));
    sent.end(text);
  });
  return { status: response.statusCode ?? 0, body: parse(await textOf(response)) };
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
