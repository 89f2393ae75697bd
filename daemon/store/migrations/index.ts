import type { Migration } from '../migrate.ts';
import { tracking } from './0001-tracking.ts';
import { registry } from './0002-registry.ts';
import { serving } from './0003-serving.ts';
import { pipelines } from './0004-pipelines.ts';
import { seals } from './0005-seals.ts';
import { series } from './0006-series.ts';

/** The history of store.db, in order. */
export const migrations: readonly Migration[] = [tracking, registry, serving, pipelines, seals, series];
