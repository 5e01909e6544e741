import { grantObject } from "../../drill/commands/grantObject.ts";
import { sessionObject } from "../../drill/commands/sessionObject.ts";
import { stampWithHistory } from "../../drill/model/history.ts";
import { transcriptText } from "../../drill/model/transcript.ts";
import { defaultSwitches } from "../../drill/stampSwitches.ts";
import { customObject, list } from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import { bytesOf } from "./samples.ts";

/* What the four cmdlets print, and a transcript, by the practice stamp; cut short, so that many fit into a second. */

const now = 1_700_000_000_000;
const { grants, sessions } = stampWithHistory(5, now);

const information = customObject({
  StampVersion: "1.2311.1.22",
  Timezone: customObject({ Id: "Pacific Standard Time" }),
  EmergencyConsoleIPAddresses: list(["10.0.0.21", customObject({ IPAddressToString: "10.0.0.22" })]),
  AdminExternalEndpoints: customObject({ AdminPortal: "https://adminportal.practice.example/" }),
});

const printed: readonly ClixmlValue[] = [
  ...grants.slice(0, 2).map((grant) => grantObject(grant, now, defaultSwitches)),
  ...sessions.slice(0, 2).map((session) => sessionObject(session, now, false, defaultSwitches)),
  information,
];

export const recordSamples: readonly Uint8Array[] = printed.map((value) => bytesOf(writeClixml(value)));

const longest = 2_000;
const [session] = sessions;
const whole = session === undefined ? "" : (transcriptText(session, now, defaultSwitches) ?? "");

/** Its beginning, a piece with commands, and its end. */
export const transcriptSamples: readonly Uint8Array[] = [
  whole.slice(0, longest),
  whole.slice(whole.length / 2, whole.length / 2 + longest),
  whole.slice(-longest),
].map(bytesOf);
