import { psObject } from "../../protocol/clixml/build.ts";
import type { Secret } from "../../services/secret.ts";
import type { SealedCommand } from "../conversation.ts";
import { command } from "./command.ts";

const name = "Close-PrivilegedEndpoint";

/**
 * Moves the endpoint's transcripts of the operator's own sessions to a share. The account needs to write there; its
 * password travels as a SecureString of the runspace ([MS-PSRP] 2.2.5.1.24).
 */
export function closePrivilegedEndpoint(share: {
  readonly path: string;
  readonly account: string;
  readonly password: Secret;
}): SealedCommand {
  return {
    name,
    sealed: (seal) =>
      command(name, {
        TranscriptsPathDestination: share.path,
        Credential: psObject({
          typeNames: ["System.Management.Automation.PSCredential", "System.Object"],
          display: "System.Management.Automation.PSCredential",
          adapted: { UserName: share.account, Password: seal(share.password) },
        }),
      }),
  };
}
