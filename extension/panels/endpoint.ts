import { parseModelRef } from '../../schemas/model-ref.ts';
import type { EndpointSubject, FromEndpointPanel, ToEndpointPanel } from '../../schemas/panels/endpoint.ts';
import type { Endpoint, EndpointDetail, FeatureRecord } from '../../schemas/wire/serving.ts';
import type { RoomMessage, Subscription } from '../daemon/link.ts';
import { RequestError } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { connectionMessages, problemOf, tellConnection } from './connection.ts';
import type { Conversation, PanelKind, Surface } from './conversation.ts';
import { isNamed } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';
import { predict } from './predict.ts';
import { snippet } from './snippets.ts';

export const endpointPanel: PanelKind<EndpointSubject, ToEndpointPanel, FromEndpointPanel> = {
  viewType: 'crisol.endpoint',
  bundle: 'endpoint',
  key: ({ name }) => name,
  title: ({ name }) => t('Endpoint {0}', name),
  subjectFrom: (kept) => (isNamed(kept) ? { name: kept.name } : null),
  converse: ({ name }, surface, ports) => new EndpointConversation(name, surface, ports),
};

function isWell({ state }: Endpoint): boolean {
  return state === 'ready' || state === 'stopped';
}

/** Keeps the token on this side: the webview gets the endpoint without it. */
class EndpointConversation implements Conversation<FromEndpointPanel> {
  private readonly subscriptions: Subscription[];
  private readonly name: string;
  private readonly surface: Surface<ToEndpointPanel>;
  private readonly ports: ConversationPorts;
  private endpoint: Endpoint | null = null;
  private detail: EndpointDetail | null = null;

  constructor(name: string, surface: Surface<ToEndpointPanel>, ports: ConversationPorts) {
    this.name = name;
    this.surface = surface;
    this.ports = ports;
    this.subscriptions = [
      ports.link.subscribe('serving', (message) => this.hear(message)),
      tellConnection(ports.link, (message) => surface.post(message)),
    ];
  }

  tellAll(): void {
    for (const message of connectionMessages(this.ports.link.state)) this.surface.post(message);
    this.tell();
  }

  receive(message: FromEndpointPanel): void {
    if (message.type === 'copy') this.ports.openers.copy(message.text, message.what);
    if (message.type === 'endpoint/predict') void this.predict(message.ask, message.record);
    if (message.type === 'endpoint/start') void this.command(() => this.ports.api.startEndpoint(this.name));
    if (message.type === 'endpoint/stop') void this.command(() => this.ports.api.stopEndpoint(this.name));
    if (message.type === 'endpoint/promote' && this.endpoint) {
      this.ports.openers.promote(parseModelRef(this.endpoint.model_ref).name);
    }
    if (message.type === 'endpoint/copy-as') {
      const { language, record } = message;
      void this.command(async () => {
        const { url, token } = await this.reach();
        this.ports.openers.copy(snippet(language, { url, token, record }), t('the request as {0}', language));
      });
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private hear(message: RoomMessage): void {
    if (message.type === 'serving/endpoint' && message.endpoint.name === this.name) this.take(message.endpoint);
    if (message.type !== 'serving/snapshot') return;
    const mine = message.endpoints.find(({ name }) => name === this.name);
    if (mine) this.take(mine);
    else this.takeAway();
  }

  private takeAway(): void {
    this.endpoint = null;
    this.tellProblem(new RequestError('ENDPOINT_UNKNOWN', t('There is no endpoint {0}.', this.name)));
  }

  private take(endpoint: Endpoint): void {
    const before = this.endpoint;
    this.endpoint = endpoint;
    const other = before?.url !== endpoint.url || before?.version !== endpoint.version;
    // a look of its own accord: what the person's last act came to stays told
    if (before === null || (isWell(endpoint) && !isWell(before))) this.surface.post({ type: 'problem', problem: null });
    if (other || this.detail?.signature == null) this.look().catch((thrown) => this.tellProblem(thrown));
    this.tell();
  }

  /** The form and the token belong to the version that is served now. */
  private async look(): Promise<EndpointDetail> {
    const detail = await this.ports.api.endpoint(this.name);
    this.detail = detail;
    this.tell();
    return detail;
  }

  private tell(): void {
    if (!this.endpoint) return;
    const signature = this.detail?.signature ?? null;
    this.surface.post({ type: 'endpoint/state', endpoint: this.endpoint, signature });
  }

  private async predict(ask: number, record: FeatureRecord): Promise<void> {
    try {
      const { answer, round_trip_ms } = await predict(await this.reach(), record);
      this.surface.post({ type: 'endpoint/answer', ask, answer, round_trip_ms, at: Date.now() });
    } catch (thrown) {
      this.surface.post({ type: 'endpoint/refused', ask, problem: problemOf(thrown) });
    }
  }

  private async reach(): Promise<{ url: string; token: string }> {
    const known = this.detail?.url && this.detail.url === this.endpoint?.url ? this.detail : await this.look();
    if (known.url !== null && known.token !== null) return { url: known.url, token: known.token };
    throw new RequestError('ENDPOINT_NO_MODEL', t('The endpoint does not run.'), t('Start it first.'));
  }

  private async command(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      this.surface.post({ type: 'problem', problem: null });
    } catch (thrown) {
      this.tellProblem(thrown);
    }
  }

  private tellProblem(thrown: unknown): void {
    this.surface.post({ type: 'problem', problem: problemOf(thrown) });
  }
}
