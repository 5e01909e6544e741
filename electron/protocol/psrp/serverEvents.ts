import type { ClixmlValue } from "../clixml/value.ts";
import type { Capability } from "./capability.ts";
import type { ErrorRecord } from "./errorRecord.ts";
import type { HostInfo } from "./hostInfo.ts";
import type { PipelineDescription } from "./pipelineDescription.ts";
import type { PsrpError } from "./psrpError.ts";

/** Where bytes came in: creationXml and Send without CommandId are the pool's, `pipeline` is the CommandId. */
export type ServerSource = { readonly pipeline: string | null; readonly stream: "stdin" | "pr" };

/** What the server role learns, in the order of the wire. `pipeline` is always the CommandId; null is the pool. */
export type ServerEvent =
  | {
      readonly type: "initRunspacePool";
      readonly capability: Capability;
      readonly minRunspaces: number;
      readonly maxRunspaces: number;
      readonly host: HostInfo;
      readonly applicationArguments: ClixmlValue;
    }
  | { readonly type: "createPipeline"; readonly pipeline: string; readonly description: PipelineDescription }
  | {
      readonly type: "getCommandMetadata";
      readonly pipeline: string;
      /** Names with wildcards; empty: all. */
      readonly names: readonly string[];
      /** CommandTypes flags ([MS-PSRP] 2.2.3.19). */
      readonly commandType: number;
      readonly namespaces: readonly string[];
    }
  | { readonly type: "input"; readonly pipeline: string; readonly value: ClixmlValue }
  | { readonly type: "endOfInput"; readonly pipeline: string }
  | {
      readonly type: "hostResponse";
      readonly pipeline: string | null;
      readonly callId: bigint;
      readonly method: number;
      /** Null when the answer carried no `mr`. */
      readonly result: ClixmlValue;
      /** The exception that the client's host answered with. */
      readonly error: ErrorRecord | null;
    }
  /** `modulus` big-endian, 256 bytes; answer with `sessionKey(...)`. */
  | { readonly type: "publicKey"; readonly modulus: Uint8Array; readonly exponent: number }
  | {
      readonly type: "setMaxRunspaces" | "setMinRunspaces";
      readonly callId: bigint;
      readonly count: number;
    }
  | { readonly type: "getAvailableRunspaces" | "resetRunspaceState"; readonly callId: bigint }
  /** A message that could not be read and was dropped; a pipeline whose CREATE_PIPELINE it was never gets a state by itself. */
  | { readonly type: "malformed"; readonly pipeline: string | null; readonly error: PsrpError }
  /** The pool is broken; RUNSPACEPOOL_STATE Broken waits in `take(null)`. */
  | { readonly type: "broken"; readonly error: PsrpError }
  | { readonly type: "note"; readonly text: string };
