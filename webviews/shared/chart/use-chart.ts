import type { ChartConfiguration, Chart as ChartType } from 'chart.js';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { drawSoon, forget } from './frames.ts';
import { Chart } from './setup.ts';

/**
 * Keeps a chart.js chart on a canvas: made when the canvas is first seen, changed at most once a frame, and only while it is
 * seen. `inputs` are what the configuration depends on.
 */
export function useChart(configure: () => ChartConfiguration, inputs: unknown[]): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const life = useRef<ChartLife | null>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const started = new ChartLife(canvas.current);
    life.current = started;
    return () => started.end();
  }, []);
  useEffect(() => life.current?.show(configure), inputs);
  return canvas;
}

/**
 * What changes all the time is drawn anew only after a rest of so many times what drawing took, for each chart that is seen:
 * however many there are, the page stays free.
 */
const REST = 3;
let seenCharts = 0;

class ChartLife {
  private chart: ChartType | undefined;
  private restUntil = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private seen = false;
  private stale: (() => ChartConfiguration) | undefined;
  private readonly watcher: IntersectionObserver;
  private readonly canvas: HTMLCanvasElement;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.watcher = new IntersectionObserver(([entry]) => this.see(entry?.isIntersecting ?? false), {
      rootMargin: '100px',
    });
    this.watcher.observe(canvas);
  }

  show(configure: () => ChartConfiguration): void {
    this.stale = configure;
    if (this.seen) this.drawInTurn();
  }

  end(): void {
    forget(this);
    if (this.seen) seenCharts -= 1;
    clearTimeout(this.timer);
    this.watcher.disconnect();
    this.chart?.destroy();
  }

  private see(seen: boolean): void {
    if (seen !== this.seen) seenCharts += seen ? 1 : -1;
    this.seen = seen;
    if (seen && this.stale) this.drawInTurn();
  }

  private drawInTurn(): void {
    const wait = this.restUntil - performance.now();
    if (wait <= 0) drawSoon(this, () => this.draw());
    else this.timer ??= setTimeout(() => this.rested(), wait);
  }

  private rested(): void {
    this.timer = undefined;
    drawSoon(this, () => this.draw());
  }

  private draw(): void {
    const configure = this.stale;
    if (!configure) return;
    this.stale = undefined;
    const begun = performance.now();
    const config = configure();
    if (this.chart) {
      this.chart.data = config.data;
      this.chart.options = config.options ?? {};
      this.chart.update('none');
    } else this.chart = new Chart(this.canvas, config);
    const ended = performance.now();
    this.restUntil = ended + REST * seenCharts * (ended - begun);
  }
}
