import { useEffect, useState } from "react";
import type { RefObject } from "react";

/** The height of a drawn row in px; it differs by density and text size, and is measured when the body changes. */
export function useRowHeight(body: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(36);
  useEffect(() => {
    const element = body.current;
    if (element === null || typeof ResizeObserver === "undefined") return undefined;
    const observer = new ResizeObserver(() => {
      const measured = element.querySelector("[data-index]")?.getBoundingClientRect().height ?? 0;
      if (measured > 0) setHeight((before) => (Math.abs(measured - before) > 0.5 ? measured : before));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [body]);
  return height;
}
