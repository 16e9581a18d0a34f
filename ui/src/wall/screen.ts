import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';

/** Keeps the screen awake while the page is looked at, where the browser can. */
export function useAwake(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    // The browser takes it back whenever the page is hidden, and may refuse it, as on a low battery.
    const take = async () => {
      if (over || document.visibilityState !== 'visible' || (lock && !lock.released)) return;
      const taken = await navigator.wakeLock.request('screen').catch(() => null);
      if (over) void taken?.release();
      else lock = taken;
    };
    const seen = () => void take();
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', seen);
      void lock?.release();
    };
  }, []);
}

function listenToFullscreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

export function useFullscreen(): boolean {
  return useSyncExternalStore(listenToFullscreen, () => document.fullscreenElement !== null);
}

/** Only a browser that was asked to by a hand or a key does it; the page is whole without. */
export function fillScreen(): void {
  void document.documentElement.requestFullscreen?.().catch(() => undefined);
}

/** Calls back on `Escape`, and when the browser has left full screen by it, which no page hears as a key. */
export function useLeave(onLeave: () => void): void {
  const full = useFullscreen();
  const was = useRef(full);
  useEffect(() => {
    if (was.current && !full) onLeave();
    was.current = full;
  }, [full, onLeave]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onLeave();
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onLeave]);
}

const STIR = 3500;

/** Whether somebody has moved a pointer or touched the screen a moment ago. */
export function useStirred(): boolean {
  const [stirred, setStirred] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const stir = () => {
      setStirred(true);
      clearTimeout(timer);
      timer = setTimeout(() => setStirred(false), STIR);
    };
    stir();
    window.addEventListener('pointermove', stir);
    window.addEventListener('pointerdown', stir);
    window.addEventListener('keydown', stir);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', stir);
      window.removeEventListener('pointerdown', stir);
      window.removeEventListener('keydown', stir);
    };
  }, []);
  return stirred;
}

/** The size of an element, as it changes. */
export function useSize(): [(node: HTMLElement | null) => void, { width: number; height: number }] {
  const [size, setSize] = useState({ width: window.innerWidth, height: window.innerHeight });
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((node: HTMLElement | null) => {
    observer.current?.disconnect();
    observer.current = null;
    if (!node) return;
    observer.current = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.current.observe(node);
  }, []);
  return [ref, size];
}
