import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ClientMessage, Topic } from '../../schemas/wire/events.ts';
import { lazily } from '../base/lazily.ts';
import type { Hub } from './hub.ts';

const Topics = Type.Array(Type.String({ maxLength: 300 }), { maxItems: 200 });
const Message = Type.Union([
  Type.Object({
    type: Type.Literal('subscribe'),
    topics: Topics,
    resume: Type.Optional(Type.Object({ epoch: Type.String(), seq: Type.Integer({ minimum: 0 }) })),
  }),
  Type.Object({ type: Type.Literal('unsubscribe'), topics: Topics }),
]);
const validator = lazily(() => Compile(Message));

/** The client's message, or a sentence that says what is wrong with it. */
export function readClientMessage(text: string, hub: Hub): ClientMessage | string {
  const message = parse(text);
  if (message === undefined) return 'Send {"type": "subscribe" or "unsubscribe", "topics": […]}.';
  const unknown = message.topics.find((topic) => !hub.knows(topic));
  if (unknown !== undefined) return `There is no topic ${JSON.stringify(unknown)}.`;
  return { ...message, topics: message.topics as Topic[] };
}

function parse(text: string): Static<typeof Message> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return validator().Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
