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
export const maybeTexts = Type.Optional(Type.Array(Type.String()));
export const maybeTags = Type.Optional(Type.Array(KeyValue));

export const ofRun = <P extends TProperties>(more: P) =>
  Type.Object({ run_id: Type.String({ alias: 'run_uuid' }), ...more });

export type Lifecycle = 'active' | 'deleted';
