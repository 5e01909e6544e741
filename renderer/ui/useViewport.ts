import { useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";

export type Viewport = { readonly scrollTop: number; readonly height: number };

/** The scroll position and height of an element, as it is now. */
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
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(measure);
    observer?.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      observer?.disconnect();
    };
  }, []);
  return [ref, viewport];
}
