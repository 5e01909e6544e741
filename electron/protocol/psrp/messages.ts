import type { ClixmlValue } from "../clixml/value.ts";
import { readClixml } from "../clixml/read.ts";
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

/** Reads one reassembled object. Throws PsrpError `badMessage` where it is shorter than its header or no UTF-8. */
export function readMessage(bytes: Uint8Array): Message {
  if (bytes.length < messageHeader)
    throw new PsrpError("badMessage", `${bytes.length} bytes are too few for a message`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    destination: view.getUint32(0, true),
    type: view.getUint32(4, true),
    poolId: bytes.slice(8, 24),
    pipelineId: bytes.slice(24, 40),
    text: textOfData(bytes.subarray(messageHeader)),
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
  if (message.text === "") return null;
  try {
    return readClixml(message.text);
  } catch (cause) {
    const what = `message ${messageTypeText(message.type)} of ${message.text.length} characters`;
    throw new PsrpError("badMessage", `${what} is not readable`, cause);
  }
}
