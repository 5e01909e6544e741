import type { Duplex } from "node:stream";
import { cancelled } from "./connectSocket.ts";
import { type HttpAnswer, HttpAnswerReader } from "./httpAnswerReader.ts";
import { HttpError } from "./httpHead.ts";
import { TransportError } from "./winrmConnection.ts";

/** Bytes of an answer's body before its seal is opened. */
const LARGEST_ANSWER = 4 * 1024 * 1024;
/** Milliseconds of silence inside an answer. */
const SILENCE_MS = 30_000;

export type HttpRequest = {
  /** Lines of the head without the empty line. */
  readonly head: readonly string[];
  readonly body: Uint8Array;
  readonly firstByteMs: number;
  /** The whole answer must be there by then; left out, only silence ends it. */
  readonly wholeMs?: number;
  readonly signal: AbortSignal;
  /** Told when the whole request has left this process. */
  readonly onSent?: () => void;
};

type Running = {
  readonly reader: HttpAnswerReader;
  started: boolean;
  written: boolean;
  /** The whole request is out; an answer shows it too, and may be faster. */
  readonly sent: () => void;
  readonly succeed: (answer: HttpAnswer) => void;
  readonly fail: (error: TransportError) => void;
  readonly rearm: (milliseconds: number) => void;
};

/** HTTP/1.1 over exactly one socket, one request at a time. Any failure destroys the socket for good. */
export class HttpSocket {
  readonly #socket: Duplex;
  readonly #place: string;
  #running: Running | null = null;
  #usable = true;

  constructor(socket: Duplex, place: string) {
    this.#socket = socket;
    this.#place = place;
    socket.on("data", (bytes) => this.#onData(bytes));
    socket.on("end", () => this.#onEnd());
    socket.on("close", () => this.#onEnd());
    if (socket.destroyed) this.#usable = false;
  }

  get usable(): boolean {
    return this.#usable;
  }

  close(): void {
    this.#usable = false;
    this.#socket.destroy();
  }

  async exchange(request: HttpRequest): Promise<HttpAnswer> {
    if (request.signal.aborted) {
      this.close();
      throw stoppedBeforeSending(this.#place);
    }
    if (!this.#usable) throw closedConnection(this.#place);
    try {
      return await this.#run(request);
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  async #run(request: HttpRequest): Promise<HttpAnswer> {
    const onAbort = (): void => this.#fail(cancelled(this.#place));
    let timer: NodeJS.Timeout | undefined;
    const { wholeMs } = request;
    const whole =
      wholeMs === undefined ? undefined : setTimeout(() => this.#fail(this.#tooSlow(wholeMs)), wholeMs);
    try {
      return await new Promise<HttpAnswer>((resolve, reject) => {
        const rearm = (milliseconds: number): void => {
          clearTimeout(timer);
          timer = setTimeout(() => this.#fail(this.#timedOut()), milliseconds);
        };
        const reader = new HttpAnswerReader(LARGEST_ANSWER);
        const sent = once(request.onSent);
        this.#running = {
          reader,
          started: false,
          written: false,
          sent,
          succeed: resolve,
          fail: reject,
          rearm,
        };
        request.signal.addEventListener("abort", onAbort, { once: true });
        rearm(request.firstByteMs);
        this.#write(request, this.#running);
      });
    } finally {
      clearTimeout(timer);
      clearTimeout(whole);
      this.#running = null;
      request.signal.removeEventListener("abort", onAbort);
    }
  }

  #write(request: HttpRequest, running: Running): void {
    const head = Buffer.from(`${request.head.join("\r\n")}\r\n\r\n`, "latin1");
    this.#socket.write(Buffer.concat([head, request.body]), (error) => {
      running.written = true;
      if (error === null || error === undefined) running.sent();
    });
  }

  #onData(bytes: Uint8Array): void {
    const running = this.#running;
    // Nobody asked: the server speaks out of turn, and nothing later on this connection can be trusted.
    if (running === null) return this.close();
    if (!running.started && startsTls(bytes)) return this.#fail(speaksTls(this.#place));
    running.started = true;
    running.rearm(SILENCE_MS);
    try {
      const answer = running.reader.receive(bytes);
      if (answer !== null) this.#succeed(running, answer);
    } catch (cause) {
      if (!(cause instanceof HttpError)) throw cause;
      this.#fail(
        new TransportError(cause.code, `${this.#place}: ${cause.message} Check what answers on this port.`, {
          acted: "maybe",
          cause,
        }),
      );
    }
  }

  #onEnd(): void {
    const running = this.#running;
    this.#usable = false;
    if (running === null) return;
    const answer = running.reader.end();
    if (answer !== null) return this.#succeed(running, answer);
    this.#fail(this.#ended(running));
  }

  #succeed(running: Running, answer: HttpAnswer): void {
    // The turn ends here and not in a later tick, so that bytes out of turn are seen as such.
    this.#running = null;
    if (!answer.keepAlive) this.close();
    running.sent();
    running.succeed(answer);
  }

  #fail(error: TransportError): void {
    const running = this.#running;
    this.close();
    running?.fail(error);
  }

  #ended(running: Running): TransportError {
    if (running.started)
      return new TransportError(
        "cutInAnswer",
        `${this.#place} closed the connection inside its answer. Connect again and read the state anew.`,
        { acted: "maybe" },
      );
    // A request that did not leave this machine as a whole cannot have been opened at the other end.
    return new TransportError(
      "closedBeforeAnswer",
      `${this.#place} closed the connection without an answer. Connect again and read the state anew.`,
      { acted: running.written ? "maybe" : "no" },
    );
  }

  #tooSlow(wholeMs: number): TransportError {
    if (this.#running?.started !== true) return this.#timedOut();
    return new TransportError(
      "answerTimedOut",
      `${this.#place} began an answer and did not end it within ${wholeMs / 1_000} s. Check what answers on this port.`,
      { acted: "maybe" },
    );
  }

  #timedOut(): TransportError {
    const started = this.#running?.started === true;
    return new TransportError(
      "answerTimedOut",
      started
        ? `${this.#place} stopped in the middle of its answer for 30 s. Check the network, then read the state anew.`
        : `${this.#place} did not answer in time. Check the network, then read the state anew.`,
      { acted: "maybe" },
    );
  }
}

function once(act: (() => void) | undefined): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act?.();
    isDone = true;
  };
}

/** Nothing was sent: the connection was closed before. */
export function closedConnection(place: string): TransportError {
  return new TransportError("closedBeforeAnswer", `The connection to ${place} is closed. Open a new one.`, {
    acted: "no",
  });
}

/** The request was stopped while nothing of it had been sent. */
export function stoppedBeforeSending(place: string): TransportError {
  return new TransportError("cancelled", `The request to ${place} was stopped before it was sent.`, {
    acted: "no",
  });
}

/** A TLS record: an alert or a handshake, version 3 (RFC 8446 5.1). */
function startsTls(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 0x03;
}

function speaksTls(place: string): TransportError {
  return new TransportError(
    "notWinrm",
    `${place} answers in TLS: this is a port for HTTPS. Choose HTTPS for this target.`,
    { acted: "no" },
  );
}
