import { xmlLimits } from "../xml/limits.ts";
import type { XmlLimits } from "../xml/tree.ts";

export type ClixmlLimits = XmlLimits & {
  /** Nested Obj elements. */
  readonly objects: number;
  /** Names in one TN. */
  readonly typeNames: number;
};

/** What a reader takes when nothing else is said (protocol 9). */
export const clixmlLimits: ClixmlLimits = { ...xmlLimits, objects: 50, typeNames: 64 };
