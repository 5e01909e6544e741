import { useState } from "react";

/**
 * One rem in px, as it was when the component came: whoever makes text larger in the browser's settings makes lines of
 * a computed height taller with it.
 */
export function useRem(): number {
  const [rem] = useState(readRem);
  return rem;
}

function readRem(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isFinite(size) && size > 0 ? size : 16;
}
