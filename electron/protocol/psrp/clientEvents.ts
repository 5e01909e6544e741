import type { ClixmlValue } from "../clixml/value.ts";
import type { Capability } from "./capability.ts";
import type { ErrorRecord } from "./errorRecord.ts";
import type { HostCall } from "./hostCalls.ts";
import type { PipelineEnd } from "./pipelineState.ts";
import type { PsrpError } from "./psrpError.ts";
import type { InformationRecord, ProgressRecord } from "./records.ts";

/** What the client role learns, in the order of the wire. `pipeline` is the CommandId. */
export type ClientEvent =
  | { readonly type: "capability"; readonly capability: Capability }
  | { readonly type: "privateData"; readonly value: ClixmlValue }
  /** Opened, closed, or broken with the server's reason. */
  | {
      readonly type: "poolState";
      readonly state: "opened" | "closed" | "broken";
      readonly error: ErrorRecord | null;
    }
  | { readonly type: "initData"; readonly minRunspaces: number; readonly maxRunspaces: number }
  /** The answer to a call about runspaces: a count, or whether the change was taken. */
  | { readonly type: "availability"; readonly callId: bigint; readonly answer: boolean | bigint }
  | { readonly type: "userEvent"; readonly value: ClixmlValue }
  | { readonly type: "publicKeyRequest" }
  /** RSA PKCS#1 v1.5 ciphertext of the AES key, big-endian. */
  | { readonly type: "sessionKey"; readonly cipher: Uint8Array }
  | { readonly type: "output"; readonly pipeline: string; readonly value: ClixmlValue }
  | { readonly type: "error"; readonly pipeline: string; readonly record: ErrorRecord }
  | {
      readonly type: "warning" | "verbose" | "debug";
      readonly pipeline: string;
      readonly text: string;
    }
  | { readonly type: "information"; readonly pipeline: string; readonly record: InformationRecord }
  | { readonly type: "progress"; readonly pipeline: string; readonly record: ProgressRecord }
  /** `pipeline` null: a call on the pool's own host. */
  | { readonly type: "hostCall"; readonly pipeline: string | null; readonly call: HostCall }
  | {
      readonly type: "pipelineState";
      readonly pipeline: string;
      readonly state: PipelineEnd;
      readonly error: ErrorRecord | null;
    }
  /** The source can no longer be read: a pipeline's outcome is not known, or the pool is broken (null). */
  | { readonly type: "broken"; readonly pipeline: string | null; readonly error: PsrpError }
  | { readonly type: "note"; readonly text: string };
