import { useEffect, useRef, useState } from "react";
import type { RefObject } from "react";

type Sight<E> = {
  readonly ref: RefObject<E | null>;
  /** It can be seen now. */
  readonly isInSight: boolean;
  /** It could be seen at some time. */
  readonly wasInSight: boolean;
};

/** Whether an element stands where somebody can see it, however the page is scrolled. */
export function useInSight<E extends Element>(): Sight<E> {
  const ref = useRef<E>(null);
  const [isInSight, setIsInSight] = useState(false);
  const [wasInSight, setWasInSight] = useState(false);
  useEffect(() => {
    if (ref.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => {
      const isSeen = entries.at(-1)?.isIntersecting === true;
      setIsInSight(isSeen);
      if (isSeen) setWasInSight(true);
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, isInSight, wasInSight };
}
