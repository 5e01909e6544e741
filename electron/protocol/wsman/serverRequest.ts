import type { WsmanFault } from "./wsmanFault.ts";

/** The headers of a request as the server role reads them. */
export type RequestHeaders = {
  readonly action: string;
  /** As it came, with its `uuid:`. */
  readonly messageId: string;
  readonly to: string;
  /** Exactly as it came: it is given back so. */
  readonly resourceUri: string;
  readonly selectors: ReadonlyMap<string, string>;
  readonly options: ReadonlyMap<string, string>;
  /** Milliseconds; null when the client named none. */
  readonly operationTimeoutMs: number | null;
  readonly maxEnvelopeSize: number | null;
  readonly locale: string;
  readonly dataLocale: string;
  readonly sessionId: string | null;
  readonly operationId: string | null;
};

/** What is asked ([MS-WSMV] 3.1.4). CommandIds are as the client spells them. */
export type RequestBody =
  | {
      readonly type: "create";
      /** What the client chose; null leaves it to the server. */
      readonly shellId: string | null;
      readonly name: string | null;
      readonly idleTimeoutMs: number | null;
      readonly inputStreams: string;
      readonly outputStreams: string;
      /** Null where there was none: a text shell. */
      readonly creationXml: Uint8Array | null;
    }
  | {
      readonly type: "command";
      readonly commandId: string | null;
      readonly commandLine: string;
      readonly argumentTexts: readonly string[];
      /** The Arguments as bytes, one after the other; null when they are no base64. */
      readonly bytes: Uint8Array | null;
    }
  | { readonly type: "receive"; readonly commandId: string | null; readonly streamNames: string }
  | { readonly type: "send"; readonly streams: readonly SentStream[] }
  | { readonly type: "signal"; readonly commandId: string | null; readonly code: string }
  | { readonly type: "disconnect"; readonly idleTimeoutMs: number | null }
  /** With `commandId` a command is taken up again, else the shell. */
  | { readonly type: "reconnect"; readonly commandId: string | null }
  | { readonly type: "delete" | "getShell" | "getConfiguration" }
  /** With `commandId` a command is joined, else the shell by its connectXml. */
  | { readonly type: "connect"; readonly commandId: string | null; readonly connectXml: Uint8Array | null }
  /** `mostItems` may stand in the answer: none where a Pull is to bring them, null for all there are. */
  | { readonly type: "enumerateShells"; readonly mostItems: number | null }
  | {
      readonly type: "enumerateCommands";
      readonly shellId: string | null;
      readonly mostItems: number | null;
    }
  | { readonly type: "pull"; readonly enumerationContext: string; readonly mostItems: number };

export type SentStream = {
  readonly name: string;
  readonly commandId: string | null;
  readonly bytes: Uint8Array;
  readonly end: boolean;
};

export type WsmanServerRequest =
  | { readonly type: "request"; readonly headers: RequestHeaders; readonly body: RequestBody }
  /** To be answered with this fault; `messageId` is null when it could not be read. */
  | { readonly type: "refused"; readonly messageId: string | null; readonly fault: WsmanFault };
