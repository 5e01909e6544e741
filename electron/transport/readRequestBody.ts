import type { IncomingMessage } from "node:http";
import { Pieces } from "../protocol/pieces.ts";

/** Milliseconds without a byte after which a body counts as never ending. */
const SILENCE_MS = 30_000;

/** Reads a request's body up to the limit; null when it is larger, falls silent or is cut. */
export async function readRequestBody(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  return await new Promise((resolve) => {
    const pieces = new Pieces();
    let size = 0;
    const done = (body: Uint8Array | null): void => {
      clearTimeout(timer);
      resolve(body);
    };
    const timer = setTimeout(() => done(null), SILENCE_MS);
    request.on("data", (piece: Uint8Array) => {
      timer.refresh();
      size += piece.length;
      if (size > limit) {
        request.pause();
        done(null);
      } else pieces.add(piece);
    });
    request.once("end", () => done(pieces.takeWhole()));
    request.once("error", () => done(null));
    request.once("close", () => done(null));
  });
}
