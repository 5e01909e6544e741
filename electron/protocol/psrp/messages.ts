import type { ClixmlValue } from "../clixml/value.ts";
import { readClixml } from "../clixml/read.ts";
import type { XmlSource } from "../xml/scan.ts";
import { concatenate } from "../concatenate.ts";
import type { MessageId } from "./ids.ts";
import { messageTypeText } from "./messageTypes.ts";
import { PsrpError } from "./psrpError.ts";

/** destination u32 LE, type u32 LE, RPID 16, PID 16 ([MS-PSRP] 2.2.1). */
export const messageHeader = 40;

export const toClient = 1;
export const toServer = 2;

export type Message = {
  readonly destination: number;
  readonly type: number;
  readonly poolId: MessageId;
  readonly pipelineId: MessageId;
  /** CLIXML of one element, empty where the message has no content. */
  readonly text: string;
};

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** The message as bytes. Windows servers put a byte order mark before every text; we as a client do not. */
export function writeMessage(message: Message, options: { readonly mark: boolean }): Uint8Array {
  const text = new TextEncoder().encode(message.text);
  const mark = options.mark && text.length > 0 ? byteOrderMark : [];
  const bytes = new Uint8Array(messageHeader + mark.length + text.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, message.destination, true);
  view.setUint32(4, message.type, true);
  bytes.set(message.poolId, 8);
  bytes.set(message.pipelineId, 24);
  bytes.set(mark, messageHeader);
  bytes.set(text, messageHeader + mark.length);
  return bytes;
}

/** What stands before the text of a message. */
export type MessageHead = Omit<Message, "text">;

/** Reads one reassembled object. Throws PsrpError `badMessage` where it is shorter than its header or no UTF-8. */
export function readMessage(bytes: Uint8Array): Message {
  return { ...readHead(bytes), text: textOfData(bytes.subarray(messageHeader)) };
}

function readHead(bytes: Uint8Array): MessageHead {
  if (bytes.length < messageHeader)
    throw new PsrpError("badMessage", `${bytes.length} bytes are too few for a message`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    destination: view.getUint32(0, true),
    type: view.getUint32(4, true),
    poolId: bytes.slice(8, 24),
    pipelineId: bytes.slice(24, 40),
  };
}

/** Making one costs more than decoding a short text; between texts it keeps nothing. */
const decoder = new TextDecoder("utf-8", { fatal: true });

const textOfData = (data: Uint8Array): string => {
  try {
    return decoder.decode(data);
  } catch (cause) {
    throw new PsrpError("badMessage", "the text of a message is not UTF-8", cause);
  }
};

/** The content of a message; an empty one is null. Throws PsrpError `badMessage` naming type and length, never content. */
export function contentOf(message: Message): ClixmlValue {
  return contentOfText(message, message.text, `${message.text.length} characters`);
}

function contentOfText({ type }: MessageHead, text: XmlSource, length: string): ClixmlValue {
  if (text === "") return null;
  try {
    return readClixml(text);
  } catch (cause) {
    throw new PsrpError("badMessage", `message ${messageTypeText(type)} of ${length} is not readable`, cause);
  }
}

/** A message of which the content may be long: it is read once, when it is asked for. */
export type IncomingMessage = MessageHead & { readonly content: () => ClixmlValue };

/** More than this is not put together, but decoded and read piece by piece: one transcript may have 50 MB. */
const LONG = 1024 * 1024;

/** As readMessage and contentOf. Takes the pieces away as they are read, so that a long message is in memory but once. */
export function receiveMessage(pieces: Uint8Array[]): IncomingMessage {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const [first] = pieces;
  if (size <= LONG || first === undefined || first.length < messageHeader) {
    const message = readMessage(concatenate(pieces));
    return { ...message, content: () => contentOf(message) };
  }
  const head = readHead(first);
  pieces[0] = first.subarray(messageHeader);
  return { ...head, content: () => contentOfText(head, textParts(pieces), `${size} bytes`) };
}

/** The text of all pieces, piece by piece. */
function textParts(pieces: Uint8Array[]): () => string | null {
  const parts = new TextDecoder("utf-8", { fatal: true });
  let ended = false;
  return () => {
    for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
      const text = parts.decode(piece, { stream: true });
      if (text !== "") return text;
    }
    if (ended) return null;
    ended = true;
    // Throws where the last character is not whole.
    return parts.decode();
  };
}
