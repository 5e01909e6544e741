import { ConsoleError } from "#contract";
import {
  getAzureStackStampInformation,
  readStampInformation,
} from "./commands/getAzureStackStampInformation.ts";
import type { RungFact, RungTest } from "./check/rungTest.ts";
import { passed } from "./check/rungTest.ts";
import type { Conversation } from "./conversation.ts";
import { testAnswers } from "./check/testAnswers.ts";
import { testCommands } from "./check/testCommands.ts";
import { outboundEndpoints } from "./outboundEndpoints.ts";
import type { ReadiedShapes } from "./readiedShapes.ts";
import { judgeStampVersion } from "./stampVersion.ts";
import type { VersionVerdict } from "./stampVersion.ts";

/** The steps above the sign-in, in order. Without a conversation (nobody is signed in) they are only named. */
export function runspaceRungs(
  conversation: Conversation | null,
  shapes: () => ReadiedShapes,
): readonly RungTest[] {
  const needed = (test: (open: Conversation, signal: AbortSignal) => Promise<RungFact>): RungTest["test"] => {
    if (conversation === null) return () => Promise.resolve(outbound);
    return (signal) => test(conversation, signal);
  };
  return [
    { step: "configuration", test: needed(testConfiguration) },
    { step: "culture", test: needed((open) => Promise.resolve(cultureFact(open.culture))) },
    { step: "commands", test: needed(testCommands) },
    { step: "answers", test: needed((open, signal) => testAnswers(open, shapes(), signal)) },
    { step: "version", test: needed(testVersion) },
    { step: "clock", test: needed((open) => Promise.resolve(clockFact(open.clockAheadMs, open.clockTold))) },
    { step: "outbound", test: () => Promise.resolve(outbound) },
  ];
}

const testConfiguration = async (conversation: Conversation, signal: AbortSignal): Promise<RungFact> => {
  await conversation.open(signal);
  return passed(
    `The session configuration ${conversation.address.configuration} opened a runspace for this account.`,
  );
};

/** Some cmdlets of an endpoint misbehave in another culture than the one that every request of ours asks for. */
export function cultureFact(culture: string | null): RungFact {
  const asked = "Every request asks for en-US, as the endpoint's cmdlets need it";
  if (culture === null) return passed(`${asked}; it does not say which culture it took.`);
  if (culture.toLowerCase() === "en-us") return passed(`${asked}, and it took it.`);
  return {
    state: "warned",
    found: `${asked}, but it answers in ${culture.slice(0, 40)}.`,
    fix: "Some of its cmdlets may fail, or print dates in another form. Ask its administrators why it keeps its own culture.",
  };
}

const testVersion = async (conversation: Conversation, signal: AbortSignal): Promise<RungFact> => {
  try {
    const invoked = await conversation.read(getAzureStackStampInformation, signal);
    const { version } = readStampInformation(invoked, conversation.place);
    return version === null ? versionUnread("It names no StampVersion.") : versionFact(version);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ConsoleError && notOfTheWire.has(error.code)) return versionUnread(error.message);
    throw error;
  }
};

/** What the command itself may end in; whatever else goes wrong is the conversation's. */
const notOfTheWire: ReadonlySet<string> = new Set(["refused", "commandMissing", "invalidInput"]);

const versionUnread = (found: string): RungFact => ({
  state: "warned",
  found: `The stamp's version could not be read. ${found}`,
  fix: "It only explains what the commands already told; nothing depends on it.",
});

const verdicts: Readonly<Record<VersionVerdict, readonly [RungFact["state"], string, string | null]>> = {
  listed: ["passed", "is on Microsoft's list for remote support", null],
  newer: ["passed", "is newer than Microsoft's list for remote support; the commands are there", null],
  tooOld: ["warned", "is older than any on Microsoft's list for remote support", "Update the stamp."],
  hotfixMissing: [
    "warned",
    "lacks the hotfix from which on remote support is listed",
    "Install hotfix 1.2102.30.132 or later.",
  ],
  unknown: ["warned", "has a form that we do not know", null],
};

const versionFact = (version: string): RungFact => {
  const [state, says, fix] = verdicts[judgeStampVersion(version)];
  return { state, found: `The stamp's version ${version} ${says}.`, fix };
};

/** More than that (milliseconds) and countdowns and times in transcripts mislead. */
const tolerated = 60_000;

/** Compares by the time that the endpoint told. Which of the two clocks is right is not told by it. */
export function clockFact(offsetMs: number | null, by: "signIn" | "date" | null): RungFact {
  if (offsetMs === null)
    return {
      state: "notTested",
      found: "Neither the endpoint's sign-in nor its answers told its time, so its clock was not compared.",
      fix: "Compare it on this computer: w32tm /stripchart /samples:1 /dataonly /computer:<endpoint>",
    };
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const assumed = by === "date" ? " By the date of its answers, which is assumed to be of that clock." : "";
  if (Math.abs(offsetMs) <= tolerated) return passed(`Its clock and ours differ by ${seconds} s.${assumed}`);
  const side = offsetMs > 0 ? "ahead of" : "behind";
  return {
    state: "warned",
    found: `Its clock is ${seconds} s ${side} this computer's.${assumed}`,
    fix: "Compare both with UTC: w32tm /query /status shows this computer's. Until then expiry times may be off by as much.",
  };
}

const outbound: RungFact = {
  state: "notTested",
  found:
    "Whether the stamp reaches the vendor cannot be tested through this session, and a test from here would prove nothing.",
  fix: `For the firewall team: HTTPS 443 from the Public VIP network, no SSL interception, to ${outboundEndpoints.join(", ")}`,
};
