import type { TProperties } from 'typebox';
import { Type } from 'typebox';

/**
 * MLflow's messages, one file a part of its interface: what its client sends, and what it is answered. Of what it sends,
 * unknown fields are ignored, numbers may be written as text, and `alias` is an older name that the client still sends. Of
 * what it is answered, absent stands for empty.
 */
export const KeyValue = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) });
export type KeyValue = { key: string; value?: string };

export const text = Type.String();
export const maybeText = Type.Optional(Type.String());
export const maybeWhole = Type.Optional(Type.Integer());
/** MLflow has no such limits; its client sends the ids of all experiments when it is to search all. */
const MOST_TEXTS = 50_000;
const MOST_TAGS = 1000;
export const texts = Type.Array(Type.String(), { maxItems: MOST_TEXTS });
export const maybeTexts = Type.Optional(texts);
export const maybeTags = Type.Optional(Type.Array(KeyValue, { maxItems: MOST_TAGS }));

export const ofRun = <P extends TProperties>(more: P) =>
  Type.Object({ run_id: Type.String({ alias: 'run_uuid' }), ...more });

export type Lifecycle = 'active' | 'deleted';
