import { useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";

export type Viewport = { readonly scrollTop: number; readonly height: number };

/**
 * The scroll position and height of an element, as it is now. Measured when the browser has laid out the page by
 * itself: asking earlier would make it lay out a new screen in the same task that drew it.
 */
export function useViewport<E extends HTMLElement>(): [RefObject<E | null>, Viewport] {
  const ref = useRef<E>(null);
  const [viewport, setViewport] = useState<Viewport>({ scrollTop: 0, height: 600 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const height = element.clientHeight === 0 ? 600 : element.clientHeight;
      const { scrollTop } = element;
      setViewport((before) =>
        before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height },
      );
    };
    element.addEventListener("scroll", measure, { passive: true });
    if (typeof ResizeObserver === "undefined") return () => element.removeEventListener("scroll", measure);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, []);
  return [ref, viewport];
}
