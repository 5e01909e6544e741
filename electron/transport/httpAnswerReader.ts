import { Pieces } from "../protocol/pieces.ts";
import { ByteQueue } from "./byteQueue.ts";
import { HttpError, type HttpHead, type HttpHeaders, readHead } from "./httpHead.ts";

export type HttpAnswer = {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly keepAlive: boolean;
  readonly body: Uint8Array;
};

type Phase =
  | { readonly kind: "head" }
  | { readonly kind: "data"; left: number; readonly after: "end" | "chunkEnd" }
  | { readonly kind: "chunkSize" }
  | { readonly kind: "chunkEnd" }
  | { readonly kind: "trailer" }
  | { readonly kind: "untilEnd" }
  | { readonly kind: "done" };

const LARGEST_HEAD = 64 * 1024;
const MOST_LINES = 100;
const LARGEST_LINE_BETWEEN = 1024;

/** Reads one HTTP/1.x answer from bytes cut anywhere. Throws HttpError; memory is bounded by the largest body. */
export class HttpAnswerReader {
  readonly #largestBody: number;
  readonly #queue = new ByteQueue();
  #lines: string[] = [];
  #headSize = 0;
  #head: HttpHead | null = null;
  #phase: Phase = { kind: "head" };
  readonly #body = new Pieces();
  #bodySize = 0;

  constructor(largestBody: number) {
    this.#largestBody = largestBody;
  }

  /** Feeds bytes; gives the answer once it is whole. Bytes after its end are an error. */
  receive(bytes: Uint8Array): HttpAnswer | null {
    this.#queue.append(bytes);
    while (this.#step());
    if (this.#phase.kind !== "done") return null;
    if (this.#queue.length > 0) throw new HttpError("badHttp", "More came than one answer.");
    return this.#answer();
  }

  /** The connection ended: the answer if it was one that lasts until the end, else null (it was cut). */
  end(): HttpAnswer | null {
    return this.#phase.kind === "untilEnd" ? this.#answer() : null;
  }

  /** One step of reading; false when more bytes are needed or the answer is whole. */
  #step(): boolean {
    const phase = this.#phase;
    switch (phase.kind) {
      case "head":
        return this.#readHeadLine();
      case "data":
        return this.#readData(phase);
      case "chunkSize":
        return this.#readChunkSize();
      case "chunkEnd":
        return this.#readEmptyLine();
      case "trailer":
        return this.#readTrailer();
      case "untilEnd":
        return this.#keep(this.#queue.take(Number.MAX_SAFE_INTEGER)) > 0;
      case "done":
        return false;
      default:
        return phase satisfies never;
    }
  }

  #readHeadLine(): boolean {
    const line = this.#line(LARGEST_HEAD - this.#headSize);
    if (line === null) return false;
    this.#headSize += line.length + 2;
    if (line !== "") {
      if (this.#lines.push(line) > MOST_LINES + 1)
        throw new HttpError("badHttp", "The answer has more than 100 header lines.");
      return true;
    }
    const head = readHead(this.#lines, this.#largestBody);
    this.#lines = [];
    if (head.status === 101) throw new HttpError("badHttp", "The server wants another protocol.");
    // Interim answers such as 100 are passed over; the size of the head goes on counting, so they cannot go on forever.
    if (head.status >= 200) this.#begin(head);
    return true;
  }

  #begin(head: HttpHead): void {
    this.#head = head;
    if (head.body.kind === "length") this.#phase = { kind: "data", left: head.body.length, after: "end" };
    else this.#phase = { kind: head.body.kind === "chunked" ? "chunkSize" : "untilEnd" };
  }

  #readData(phase: { left: number; readonly after: "end" | "chunkEnd" }): boolean {
    phase.left -= this.#keep(this.#queue.take(phase.left));
    if (phase.left > 0) return false;
    this.#phase = { kind: phase.after === "end" ? "done" : "chunkEnd" };
    return true;
  }

  #readChunkSize(): boolean {
    const line = this.#line(LARGEST_LINE_BETWEEN);
    if (line === null) return false;
    const size = /^([0-9A-Fa-f]{1,8})[\t ]*(?:;.*)?$/.exec(line)?.[1];
    if (size === undefined) throw new HttpError("badHttp", "The size of a chunk cannot be read.");
    const left = Number.parseInt(size, 16);
    if (this.#bodySize + left > this.#largestBody) throw tooLarge();
    this.#phase = left === 0 ? { kind: "trailer" } : { kind: "data", left, after: "chunkEnd" };
    return true;
  }

  #readEmptyLine(): boolean {
    const line = this.#line(2);
    if (line === null) return false;
    if (line !== "") throw new HttpError("badHttp", "A chunk does not end where its size says.");
    this.#phase = { kind: "chunkSize" };
    return true;
  }

  #readTrailer(): boolean {
    const line = this.#line(LARGEST_LINE_BETWEEN);
    if (line === null) return false;
    if (line === "") this.#phase = { kind: "done" };
    else if (this.#lines.push("") > MOST_LINES)
      throw new HttpError("badHttp", "The answer has more than 100 trailer lines.");
    return true;
  }

  #line(limit: number): string | null {
    const line = this.#queue.takeLine();
    if ((line?.length ?? this.#queue.length - 2) > limit)
      throw new HttpError("badHttp", "A line or the head of the answer is longer than allowed.");
    return line;
  }

  #keep(piece: Uint8Array): number {
    if (piece.length === 0) return 0;
    this.#bodySize += piece.length;
    if (this.#bodySize > this.#largestBody) throw tooLarge();
    this.#body.add(piece);
    return piece.length;
  }

  #answer(): HttpAnswer | null {
    if (this.#head === null) return null;
    const { status, headers, keepAlive, body } = this.#head;
    return {
      status,
      headers,
      keepAlive: keepAlive && body.kind !== "untilEnd",
      body: this.#body.takeWhole(),
    };
  }
}

function tooLarge(): HttpError {
  return new HttpError("tooLarge", "The answer is larger than allowed.");
}
