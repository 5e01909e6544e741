import { azureStackHubShapes } from "../products/azureStackHub/shapes.ts";
import type { Shapes, ShapesInForce } from "../products/shapes.ts";
import { type ReadShapes, readyShapes } from "./records/readShapes.ts";

/** The shapes as records are read by them, and why an operator's corrections are not among them. */
export type ReadiedShapes = { readonly ready: ReadShapes; readonly trouble: string | null };

/** What Azure Stack Hub is assumed to print, where nobody corrects it. */
export const assumedShapes: ShapesInForce = { shapes: azureStackHubShapes, trouble: null };

/** The shapes in force, made ready once for as long as they are the same. */
export function readiedShapes(current: () => ShapesInForce): () => ReadiedShapes {
  let last: { readonly shapes: Shapes; readonly ready: ReadShapes } | null = null;
  return () => {
    const { shapes, trouble } = current();
    last = last?.shapes === shapes ? last : { shapes, ready: readyShapes(shapes) };
    return { ready: last.ready, trouble };
  };
}
