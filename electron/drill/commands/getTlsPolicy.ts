import type { StampCommand } from "../stampCommand.ts";

/** The TLS policy of the stamp's external endpoints, as the reference prints it (domain.md 2.8). */
export function getTlsPolicy(): StampCommand {
  return {
    name: "Get-TLSPolicy",
    kind: "Function",
    module: "Microsoft.AzureStack.Security",
    parameters: [{ name: "AsJob", type: "Switch" }],
    async *run(invocation) {
      invocation.signal.throwIfAborted();
      yield "TLS_1.2";
    },
  };
}
