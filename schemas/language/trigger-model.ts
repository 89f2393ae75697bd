import type { JsonValue } from './json.ts';
import type { Located, NamedModel } from './model.ts';

/** What happens while the run before is still under way. */
export const OVERLAPS = ['skip', 'queue', 'replace', 'allow'] as const;
export type Overlap = (typeof OVERLAPS)[number];

/** How many missed runs are made up for. */
export const CATCHUPS = ['none', 'one', 'all'] as const;
export type Catchup = (typeof CATCHUPS)[number];

export const INPUT_TYPES = ['string', 'number', 'boolean', 'choice'] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** What a trigger does when the file does not say. */
export const TRIGGER_DEFAULTS = {
  timezone: 'UTC',
  catchup: 'one',
  /** of data and requests none is lost; a schedule and a drift come again */
  overlap: { schedule: 'skip', data: 'queue', drift: 'skip', manual: 'queue' },
} as const;

/** A dataset, as far as triggers look at it. */
export interface DatasetModel extends NamedModel {
  paths: Located<string>[];
}

interface TriggerBase extends NamedModel {
  /** whether the file gives it that name: others are called after what they wait for */
  isNamed: boolean;
  /** these steps and what they need; all without any */
  steps: Located<string>[];
  /** other values for params, by their dotted names */
  params: TriggerParam[];
  overlap: Overlap;
}

export interface TriggerParam {
  name: string;
  nameRange: NamedModel['nameRange'];
  value: JsonValue;
}

export interface ScheduleModel extends TriggerBase {
  kind: 'schedule';
  cron: string;
  timezone: string;
  catchup: Catchup;
}

export interface DataTriggerModel extends TriggerBase {
  kind: 'data';
  dataset: string;
  cooldownMs: number;
}

export interface DriftTriggerModel extends TriggerBase {
  kind: 'drift';
  monitor: string;
  cooldownMs: number;
}

export interface ManualTriggerModel extends TriggerBase {
  kind: 'manual';
  description: string;
  /** null: any param may be given */
  inputs: InputModel[] | null;
}

/** A param that whoever asks may give. */
export interface InputModel extends NamedModel {
  type: InputType | null;
  description: string;
  required: boolean;
  /** undefined: the param's own value */
  byDefault: Located<JsonValue> | undefined;
  options: JsonValue[];
}

export type TriggerModel = ScheduleModel | DataTriggerModel | DriftTriggerModel | ManualTriggerModel;
