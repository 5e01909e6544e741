import { createHash } from "node:crypto";
import type { Server } from "node:http";
import { HttpSocket } from "../../transport/httpSocket.ts";
import { createWinrmServer } from "../../transport/listenWinrm.ts";
import { SignedInConnection } from "../../transport/signedInConnection.ts";
import { TransportError, type WinrmAddress } from "../../transport/winrmConnection.ts";
import { changed, type LineFault, pauseOf } from "./faultyLine.ts";
import { KnownSeal } from "./knownSeal.ts";
import { MemorySocket } from "./memorySocket.ts";
import type { LineMessage } from "./messages.ts";
import type { VirtualTime } from "./virtualTime.ts";

/** Longer than any wait of the two ends for bytes, and than any pause of a line. */
const longestWait = 250_000;
const address: WinrmAddress = { host: "127.0.0.1", port: 5_985, transport: "http" };

/** What an end of the wire made of one message: each thing it gave upwards or sent back, with its time. */
type Reading = string[];

/**
 * What the end that a sealed message is for makes of it under each of the faults: HTTP, seal and text, read by the very
 * code of that end. Whoever stands above learns nothing else of a message, so two faults with the same reading take the
 * same course.
 */
export async function readingsOf(
  time: VirtualTime,
  message: LineMessage,
  faults: readonly LineFault[],
): Promise<readonly string[]> {
  using end = message.direction === "toServer" ? serverEnd(message) : clientEnd(message);
  const began = time.monotonic();
  const readings = faults.map((fault): Reading => {
    const reading: Reading = [];
    const tell = (what: string): void => void reading.push(`${time.monotonic() - began} ${what}`);
    feed(time, end.open(tell), message, fault);
    return reading;
  });
  await time.pass(longestWait);
  return readings.map((reading) => reading.join("\n"));
}

/** Gives the end what it gets of the message, piece by piece. */
function feed(time: VirtualTime, socket: MemorySocket, message: LineMessage, fault: LineFault): void {
  const { before, own, at, after } = struckPiece(message, fault);
  const arrive = (...pieces: readonly Buffer[]): void => {
    for (const piece of pieces) if (piece.length > 0) process.nextTick(() => socket.arrive(piece));
  };
  arrive(...before);
  switch (fault.kind) {
    case "cut":
      arrive(own.subarray(0, at));
      process.nextTick(() => socket.ended(true));
      return;
    case "delay":
      arrive(own.subarray(0, at));
      time.after(pauseOf(fault), () => arrive(own.subarray(at), ...after));
      return;
    case "duplicate":
    case "corrupt":
      return arrive(changed(fault.kind, own, at), ...after);
    default:
      fault.kind satisfies never;
  }
}

type Struck = {
  readonly before: readonly Buffer[];
  /** The piece with the byte, which stands there `at`. */
  readonly own: Buffer;
  readonly at: number;
  readonly after: readonly Buffer[];
};

function struckPiece({ pieces, start }: LineMessage, { offset }: LineFault): Struck {
  let at = offset - start;
  for (const [index, own] of pieces.entries()) {
    if (at < own.length) return { before: pieces.slice(0, index), own, at, after: pieces.slice(index + 1) };
    at -= own.length;
  }
  throw new Error("the fault is not in this message");
}

type End = Disposable & {
  /** A new socket on which nothing was read yet since the last message. */
  readonly open: (tell: (what: string) => void) => MemorySocket;
};

/** The client's transport, waiting for its answer. */
const clientEnd = ({ bytes }: LineMessage): End => ({
  open: (tell) => {
    const socket = new MemorySocket({ written: () => undefined, left: () => undefined });
    const http = new HttpSocket(socket, "the endpoint");
    const protection = { kind: "sealed", context: new KnownSeal("client", bytes) } as const;
    const security = { scheme: "Negotiate", sealed: true, channelBinding: false, certificate: null } as const;
    const connection = new SignedInConnection({ http, address, security, protection });
    const signal = new AbortController().signal;
    const usable = (): string => (connection.usable ? "open" : "closed");
    connection.exchange("asked", { firstByteMs: 70_000, signal }).then(
      ({ status, envelope }) => tell(`${status} ${envelope} ${usable()}`),
      (error: unknown) => tell(`${wordsOf(error)} ${usable()}`),
    );
    return socket;
  },
  [Symbol.dispose]: () => undefined,
});

/** What a sentence quotes of the peer's own words stands in brackets, and changes nothing. */
export const wordsOf = (error: unknown): string =>
  error instanceof TransportError
    ? `${error.code} ${error.acted} ${error.message.replace(/\(.*?\)/g, "")}`
    : String(error);

/** The practice stamp's transport, signed in, waiting for a request. */
function serverEnd({ bytes }: LineMessage): End {
  const tellers = new Map<string, (what: string) => void>();
  const server: Server = createWinrmServer(
    {
      host: "127.0.0.1",
      port: 0,
      accounts: [],
      computerName: "A",
      domainName: "B",
      onRequest: async ({ clientAddress, path, envelope }) => {
        tellers.get(clientAddress)?.(`${path} ${envelope}`);
        return { kind: "envelope", status: 200, envelope: "answered" };
      },
    },
    { envelopes: 0, httpRequests: 0, connections: 0 },
    () => ({
      signedIn: { account: "B\\A", context: new KnownSeal("server", bytes) },
      receive: () => ({ kind: "refused" }),
    }),
  );
  return {
    open: (tell) => {
      const name = String(tellers.size);
      tellers.set(name, tell);
      const socket = new MemorySocket(
        {
          written: (answer) => tell(`answers ${digestOf(answer)}`),
          left: (whole) => tell(whole ? "gone" : "ended"),
        },
        name,
      );
      server.emit("connection", socket);
      return socket;
    },
    [Symbol.dispose]: () => void server.close(),
  };
}

/** The same answer at another second is the same answer. */
const digestOf = (answer: Buffer): string =>
  createHash("sha256")
    .update(answer.toString("latin1").replace(/^Date: .*$/m, ""))
    .digest("base64url");
