import { useEffect, useState } from "react";
import type { SyntheticEvent } from "react";

export type Spot = { readonly left: number; readonly top: number };

type Note = {
  /** Where it stands, under what it tells of; null while it is not seen. */
  readonly spot: Spot | null;
  /** For the element that it tells of. */
  readonly handlers: {
    readonly onPointerEnter: (event: SyntheticEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: SyntheticEvent<HTMLElement>) => void;
    readonly onBlur: () => void;
  };
};

/** A note on hover and focus that Escape puts away ([WCAG] 1.4.13); `width` (px) keeps it on the page. */
export function useNote(width: number): Note {
  const [spot, setSpot] = useState<Spot | null>(null);
  const show = (event: SyntheticEvent<HTMLElement>): void => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    setSpot({ left: Math.max(4, Math.min(left, window.innerWidth - width)), top: bottom });
  };
  const hide = (): void => setSpot(null);
  const isSeen = spot !== null;
  useEffect(() => {
    if (!isSeen) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.key === "Escape") setSpot(null);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [isSeen]);
  return { spot, handlers: { onPointerEnter: show, onPointerLeave: hide, onFocus: show, onBlur: hide } };
}
