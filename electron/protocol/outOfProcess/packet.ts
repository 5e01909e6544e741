/** The eight elements of the out-of-process framing, by the names that the wire gives them. */
export type PacketName =
  | "Data"
  | "DataAck"
  | "Command"
  | "CommandAck"
  | "Signal"
  | "SignalAck"
  | "Close"
  | "CloseAck";

/** One line of the conversation. `target` is the pipeline's GUID in lower case; null is the session itself. */
export type Packet =
  | {
      readonly type: "Data";
      readonly target: string | null;
      /** PromptResponse: what the client's host answered. Servers only ever say Default. */
      readonly stream: "Default" | "PromptResponse";
      /** Whole fragments, one after the other. */
      readonly bytes: Uint8Array;
    }
  | { readonly type: Exclude<PacketName, "Data">; readonly target: string | null };

/** Which end reads: it decides what may come. */
export type Role = "client" | "server";
