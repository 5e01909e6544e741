import { useEffect, useEffectEvent, useRef } from "react";
import type { ReactNode } from "react";
import { tabStop } from "../../ui/tabStop.ts";

type TermsTextProps = { readonly name: string; readonly children: ReactNode; readonly onEnd: () => void };

/** A text to be read to its end. The end is reached by scrolling, by keyboard, or at once where all of it fits. */
export function TermsText({ name, children, onEnd }: TermsTextProps) {
  const frame = useRef<HTMLElement>(null);
  const reached = useEffectEvent(onEnd);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const look = (): void => {
      if (element.scrollHeight - element.scrollTop - element.clientHeight < 4) reached();
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(look);
    observer?.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer?.disconnect();
    };
  }, []);
  return (
    <section className="terms" ref={frame} aria-label={name} {...tabStop}>
      {children}
    </section>
  );
}
