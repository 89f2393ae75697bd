import type { FastifyInstance } from 'fastify';
import { systemClock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { HostConfig } from '../protocol.ts';
import { TOKEN_VARIABLE } from '../protocol.ts';
import type { Channel } from './channel.ts';
import { daemonChannel } from './channel.ts';
import { Engine } from './engine.ts';
import { ServingMetrics } from './metrics.ts';
import type { HostParts } from './parts.ts';
import { Predictor } from './predictor.ts';
import { Reporter } from './reporter.ts';
import { createServer } from './server.ts';

/** The serving host: one model behind HTTP, in a process of its own. A child of the daemon, or alone in a container. */
async function main(): Promise<void> {
  const channel = daemonChannel();
  const fail = (reason: unknown): void => giveUp(channel, messageOf(reason));
  try {
    const config: HostConfig = JSON.parse(process.argv[2] ?? '');
    const parts = assemble(config, channel, fail);
    const { engine, reporter } = parts;
    const app = createServer(parts, process.env[TOKEN_VARIABLE] || null);
    const [signature] = await Promise.all([engine.load(config), app.ready()]);
    const port = await listen(app, config);
    endOnSignals(async () => {
      await app.close();
      reporter.flush();
      await engine.close();
    });
    if (channel) {
      obey(channel, engine);
      channel.send({ type: 'ready', port, signature });
    } else console.log(`${config.model} version ${config.version} is served on http://${config.host}:${port}`);
  } catch (thrown) {
    fail(thrown);
  }
}

function assemble(config: HostConfig, channel: Channel | null, onGivenUp: (reason: string) => void): HostParts {
  const engine = new Engine(systemClock, onGivenUp);
  const metrics = new ServingMetrics();
  const reporter = new Reporter(channel, systemClock);
  const predictor = new Predictor({
    engine,
    clock: systemClock,
    onAnswer: (answer) => metrics.answered(answer),
    report: (predictions) => reporter.report(predictions),
  });
  return { config, engine, metrics, reporter, predictor };
}

function obey(channel: Channel, engine: Engine): void {
  channel.onMessage(({ location }) => {
    engine.load(location).then(
      (signature) => channel.send({ type: 'loaded', signature }),
      (thrown: unknown) => channel.send({ type: 'load-failed', reason: messageOf(thrown) }),
    );
  });
}

async function listen(app: FastifyInstance, { host, port, any_port_if_taken }: HostConfig): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (thrown) {
    const taken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
    if (!taken || !any_port_if_taken) throw thrown;
    await app.listen({ host, port: 0 });
  }
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : port;
}

function giveUp(channel: Channel | null, reason: string): void {
  console.error(reason);
  if (!channel) process.exit(1);
  setTimeout(() => process.exit(1), 1000).unref(); // a daemon that does not read is not waited for
  channel.send({ type: 'failed', reason }, () => process.exit(1));
}

/** Lets requests under way finish, but not for ever. */
function endOnSignals(close: () => Promise<void>): void {
  const end = (): void => {
    setTimeout(() => process.exit(1), 3000).unref();
    close().finally(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
}

void main();
