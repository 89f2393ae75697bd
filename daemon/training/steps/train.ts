import type { Epoch, TrainSettings } from '../index.ts';
import { trainModel } from '../index.ts';
import type { StepContext } from './context.ts';
import { logStepParams } from './context.ts';

const SAY_EVERY = 10;

export async function trainStep(settings: TrainSettings, context: StepContext): Promise<void> {
  const { tracking, say } = context;
  const result = await trainModel(settings, {
    note: say,
    params: (params) => logStepParams(context, params),
    epoch: async (epoch, epochs) => {
      if (epoch.epoch % SAY_EVERY === 1) say(inWords(epoch, epochs));
      await tracking?.logMetrics(metricsOf(epoch), epoch.epoch);
    },
  });
  const ending = result.settled ? 'settled' : 'stopped before it settled; `epochs` allows more';
  say(`after ${result.last.epoch} epochs ${ending}: loss ${result.last.loss.toFixed(4)}`);
  say(`${settings.out}: ${result.inputs} inputs, ${result.classes.length} classes, from ${result.rows} rows`);
}

function inWords({ epoch, loss, train_accuracy }: Epoch, epochs: number): string {
  return `epoch ${epoch} of at most ${epochs}: loss ${loss.toFixed(4)}, accuracy ${train_accuracy.toFixed(3)}`;
}

function metricsOf({ epoch: _, ...values }: Epoch): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null));
}
