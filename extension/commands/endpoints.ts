import type { Endpoint, EndpointState } from '../../schemas/wire/serving.ts';
import { RequestError } from '../daemon/link.ts';
import { snippet } from '../panels/snippets.ts';
import { t } from '../texts.ts';
import { endpointWord } from '../views/endpoint-nodes.ts';
import { joined } from '../views/node.ts';
import { tell } from './attempt.ts';
import type { CommandContext } from './context.ts';
import { pickOne, withProgress } from './pick.ts';
import { nameOf } from './subject.ts';
import { until } from './until.ts';

export function endpointCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  const choose = (title: string, row: unknown, states?: EndpointState[]) => chooseEndpoint(context, title, row, states);
  return {
    'crisol.endpoints.start': async (row) =>
      start(context, await choose(t('Start endpoint'), row, ['stopped', 'failed'])),
    'crisol.endpoints.stop': async (row) => stop(context, await choose(t('Stop endpoint'), row, ['ready', 'starting'])),
    'crisol.endpoints.try': async (row) => context.panels.showEndpoint(await choose(t('Try endpoint'), row)),
    'crisol.endpoints.copyCurl': async (row) => copyCurl(context, await choose(t('Copy as curl'), row, ['ready'])),
  };
}

async function chooseEndpoint(
  { api }: CommandContext,
  title: string,
  row: unknown,
  states?: EndpointState[],
): Promise<string> {
  const named = nameOf(row, 'endpoint');
  if (named !== undefined) return named;
  const { endpoints } = await api.endpoints();
  const choices = endpoints
    .filter(({ state }) => states === undefined || states.includes(state))
    .map(({ name, state, model_ref }) => ({
      label: name,
      description: joined(endpointWord(state), model_ref),
      value: name,
    }));
  return pickOne(title, choices, { empty: t('There is no such endpoint.'), placeHolder: t('Which endpoint?') });
}

async function start(context: CommandContext, name: string): Promise<void> {
  const endpoint = await withProgress(t('starting {0}', name), async () => {
    const answer = await context.api.startEndpoint(name);
    return answer.state === 'starting' ? settled(context, answer) : answer;
  });
  if (endpoint.state !== 'ready')
    throw new RequestError('ENDPOINT_START_FAILED', endpoint.problem ?? t('It did not start.'));
  tellStarted(context, endpoint);
}

/** Resolves when the endpoint is no longer starting, as its topic tells. */
function settled(context: CommandContext, { name }: Endpoint): Promise<Endpoint> {
  return until(context, 'serving', () =>
    context.stores.serving.endpoints().find((one) => one.name === name && one.state !== 'starting'),
  );
}

function tellStarted(context: CommandContext, { name, version, url }: Endpoint): void {
  tell(context, t('Endpoint {0} serves v{1} at {2}', name, version ?? '?', url ?? ''), [
    [t('Try it'), () => context.panels.showEndpoint(name)],
    [t('Copy as curl'), () => copyCurl(context, name)],
  ]);
}

async function stop({ api }: CommandContext, name: string): Promise<void> {
  await withProgress(t('stopping {0}', name), () => api.stopEndpoint(name));
}

/** With an example from the training data. */
async function copyCurl({ api, openers }: CommandContext, name: string): Promise<void> {
  const { url, token, signature } = await api.endpoint(name);
  if (url === null || token === null || signature === null) {
    throw new RequestError('ENDPOINT_NO_MODEL', t('{0} is not running.', name), t('Start it first.'));
  }
  const record = Object.fromEntries(signature.inputs.map((input) => [input.name, input.example]));
  openers.copy(snippet('curl', { url, token, record }), t('the request as {0}', 'curl'));
}
