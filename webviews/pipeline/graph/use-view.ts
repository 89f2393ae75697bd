import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PipelineHost } from '../context.ts';
import type { Size } from './scale.ts';
import { comfortable, fitting, within } from './scale.ts';

/** So much a turn of the wheel or a press of a button zooms. */
const STEP = 1.25;
const WHEEL = 0.0025;

export interface View {
  scale: number;
  scroller: RefObject<HTMLDivElement | null>;
  plane: RefObject<HTMLDivElement | null>;
  /** around the middle of what is seen, or of `element` */
  zoomIn(element?: Element): void;
  zoomOut(element?: Element): void;
  /** all of it */
  fit(): void;
  /** as it was at first */
  reset(): void;
  /** by shares of what is seen */
  pan(across: number, down: number): void;
}

/** How large the graph is drawn, and what of it is seen. The browser scrolls it: with wheel, fingers, bars and focus. */
export function useView(graph: Size, kept: number | null, host: PipelineHost): View {
  const scroller = useRef<HTMLDivElement>(null);
  const plane = useRef<HTMLDivElement>(null);
  const room = useRoom(scroller);
  const scale = kept ?? comfortable(graph, room);
  const zoom = useZoom(scale, { scroller, plane }, host);
  useWheel(scroller, (event) => zoom(Math.exp(-event.deltaY * WHEEL), event));
  usePanning(scroller);
  return {
    scale,
    scroller,
    plane,
    zoomIn: (element) => zoom(STEP, element && middleOf(element)),
    zoomOut: (element) => zoom(1 / STEP, element && middleOf(element)),
    fit: () => host.keep({ scale: fitting(graph, room) }),
    reset: () => host.keep({ scale: null }),
    pan: (across, down) => scroller.current?.scrollBy(across * room.width, down * room.height),
  };
}

function useRoom(scroller: RefObject<HTMLDivElement | null>): Size {
  const [room, setRoom] = useState<Size>({ width: window.innerWidth, height: window.innerHeight });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return room;
}

interface Pointed {
  clientX: number;
  clientY: number;
}

function middleOf(element: Element): Pointed {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { clientX: left + width / 2, clientY: top + height / 2 };
}

/** What lies under the pointer, or else in the middle, stays where it is. */
function useZoom(
  scale: number,
  { scroller, plane }: Pick<View, 'scroller' | 'plane'>,
  host: PipelineHost,
): (by: number, at?: Pointed) => void {
  const anchor = useRef<{ x: number; y: number; at: Pointed } | null>(null);
  useLayoutEffect(() => {
    const { current: held } = anchor;
    anchor.current = null;
    if (!held || !scroller.current || !plane.current) return;
    const now = plane.current.getBoundingClientRect();
    scroller.current.scrollLeft += now.left + held.x * scale - held.at.clientX;
    scroller.current.scrollTop += now.top + held.y * scale - held.at.clientY;
  }, [scale]);
  return (by, pointed) => {
    if (!scroller.current || !plane.current) return;
    const at = pointed ?? middleOf(scroller.current);
    const now = plane.current.getBoundingClientRect();
    anchor.current = { x: (at.clientX - now.left) / scale, y: (at.clientY - now.top) / scale, at };
    host.keep({ scale: within(scale * by) });
  };
}

/** With Ctrl the wheel zooms, as two fingers on a touch pad do. */
function useWheel(scroller: RefObject<HTMLDivElement | null>, zoom: (event: WheelEvent) => void): void {
  const newest = useRef(zoom);
  newest.current = zoom;
  useEffect(() => {
    const element = scroller.current;
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      newest.current(event);
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, []);
}

/** The ground is dragged; what stands on it is pressed. */
function usePanning(scroller: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const move = ({ movementX, movementY }: PointerEvent) => element.scrollBy(-movementX, -movementY);
    const stop = () => element.removeEventListener('pointermove', move);
    const start = (event: PointerEvent) => {
      const isGround = event.target instanceof Element && !event.target.closest('[data-spot]');
      if (event.button !== 0 || !isGround || event.pointerType === 'touch') return;
      element.setPointerCapture(event.pointerId);
      element.addEventListener('pointermove', move);
    };
    element.addEventListener('pointerdown', start);
    element.addEventListener('pointerup', stop);
    element.addEventListener('pointercancel', stop);
    return () => {
      stop();
      element.removeEventListener('pointerdown', start);
      element.removeEventListener('pointerup', stop);
      element.removeEventListener('pointercancel', stop);
    };
  }, []);
}
