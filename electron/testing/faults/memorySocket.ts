import { Duplex } from "node:stream";

/** What a line does with what one end writes, and with that end's leaving. */
export type SocketSink = {
  readonly written: (bytes: Buffer) => void;
  /** No more is written; `whole` when the socket is gone for good. */
  readonly left: (whole: boolean) => void;
};

/** One end of a line in memory, as the client's transport and Node's HTTP server take it for a socket. */
export class MemorySocket extends Duplex {
  readonly remoteAddress: string;
  readonly #sink: SocketSink;

  constructor(sink: SocketSink, remoteAddress = "127.0.0.1") {
    super({ allowHalfOpen: false });
    this.#sink = sink;
    this.remoteAddress = remoteAddress;
    // A cut line is what these tests are about: nobody else needs to hear of it.
    this.on("error", () => undefined);
  }

  /** Bytes arrived from the other end. */
  arrive(bytes: Buffer): void {
    if (!this.destroyed && !this.readableEnded) this.push(bytes);
  }

  /** The other end writes no more, or is gone for good. */
  ended(whole: boolean): void {
    if (this.destroyed) return;
    if (!this.readableEnded) this.push(null);
    if (whole) setImmediate(() => this.destroy());
  }

  override _read(): void {
    /* Bytes are pushed as they arrive. */
  }

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#sink.written(bytes);
    done();
  }

  /** What was corked leaves as one piece, as head and body of an answer do. */
  override _writev(pieces: readonly { readonly chunk: Buffer }[], done: () => void): void {
    this.#sink.written(Buffer.concat(pieces.map(({ chunk }) => Buffer.from(chunk))));
    done();
  }

  override _final(done: () => void): void {
    this.#sink.left(false);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#sink.left(true);
    done(error);
  }
}
