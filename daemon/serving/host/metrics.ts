import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { HostStats } from '../protocol.ts';
import { Latencies } from './latencies.ts';
import type { Answered } from './predictor.ts';

export interface MetricsSummary extends HostStats {
  p95_ms: number | null;
  rows: number;
  classes: Record<string, number>;
}

/** What the host counts. The names are Triton's and KServe's, which people's dashboards already know. */
export class ServingMetrics {
  readonly registry = new Registry();
  private readonly latencies = new Latencies();
  private readonly totals = { requests: 0, errors: 0, rows: 0 };
  private readonly classes: Record<string, number> = Object.create(null);
  private readonly success = this.counter('nv_inference_request_success', 'Inference requests that were answered');
  private readonly failure = this.counter('nv_inference_request_failure', 'Inference requests that were refused');
  private readonly rows = this.counter('nv_inference_count', 'Rows that were predicted');
  private readonly runs = this.counter('nv_inference_exec_count', 'Runs of the model');
  private readonly duration = this.counter('nv_inference_request_duration_us', 'Sum of the requests durations, in µs');
  private readonly predicted = this.counter('crisol_predictions_total', 'Predictions per class', ['class']);
  private readonly seconds = new Histogram({
    name: 'request_predict_seconds',
    help: 'Duration of inference requests',
    labelNames: ['model_name'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  constructor() {
    this.gauge('process_resident_memory_bytes', 'Memory of the serving host', () => process.memoryUsage.rss());
    this.gauge('process_cpu_seconds_total', 'Processor time of the serving host', () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    });
  }

  answered({ model, predictions }: Answered): void {
    const labels = { model: model.location.model, version: String(model.location.version) };
    this.runs.inc(labels);
    this.rows.inc(labels, predictions.length);
    this.totals.rows += predictions.length;
    for (const { label } of predictions) {
      this.predicted.inc({ ...labels, class: label });
      this.classes[label] = (this.classes[label] ?? 0) + 1;
    }
  }

  requestEnded(ms: number, ok: boolean, model: string, version: string): void {
    const labels = { model, version };
    this.totals.requests += 1;
    if (!ok) this.totals.errors += 1;
    (ok ? this.success : this.failure).inc(labels);
    this.duration.inc(labels, ms * 1000);
    this.seconds.observe({ model_name: model }, ms / 1000);
    this.latencies.add(ms);
  }

  stats(): HostStats {
    const [p50_ms = null, p99_ms = null] = this.latencies.percentiles(0.5, 0.99);
    return { requests: this.totals.requests, errors: this.totals.errors, p50_ms, p99_ms };
  }

  summary(): MetricsSummary {
    const [p95_ms = null] = this.latencies.percentiles(0.95);
    return { ...this.stats(), p95_ms, rows: this.totals.rows, classes: { ...this.classes } };
  }

  private counter(name: string, help: string, more: string[] = []): Counter {
    return new Counter({ name, help, labelNames: ['model', 'version', ...more], registers: [this.registry] });
  }

  private gauge(name: string, help: string, value: () => number): Gauge {
    return new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(value());
      },
    });
  }
}
