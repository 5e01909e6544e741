import type { ShellFacts } from "./shellFacts.ts";
import type { WsmanFault } from "./wsmanFault.ts";

/** Bytes of one Stream element, and whose they are (null: the pool). */
export type ReceivedStream = {
  readonly name: string;
  readonly commandId: string | null;
  readonly bytes: Uint8Array;
  readonly end: boolean;
};

export type CommandState = {
  readonly commandId: string | null;
  readonly state: "running" | "pending" | "done" | "other";
  readonly exitCode: number | null;
};

export type ListedCommand = { readonly commandId: string; readonly state: string };

/** One answer, told by its Action. Ids are as the server spells them. */
export type WsmanResponse =
  | { readonly type: "created"; readonly shellId: string; readonly shell: ShellFacts | null }
  | { readonly type: "commandStarted"; readonly commandId: string }
  | {
      readonly type: "received";
      readonly streams: readonly ReceivedStream[];
      /** Null: more may come. */
      readonly commandState: CommandState | null;
    }
  | { readonly type: "sent" | "signalled" | "disconnected" | "reconnected" | "deleted" }
  /** `connectResponseXml` is null for a command. */
  | { readonly type: "connected"; readonly connectResponseXml: Uint8Array | null }
  | { readonly type: "shell"; readonly shell: ShellFacts }
  | { readonly type: "configuration"; readonly maxEnvelopeSize: number | null }
  | {
      readonly type: "listed";
      readonly shells: readonly ShellFacts[];
      readonly commands: readonly ListedCommand[];
      /** What Pull goes on with; null when this was all. */
      readonly more: string | null;
    }
  | { readonly type: "fault"; readonly fault: WsmanFault };
