import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { Level } from "../model/stampState.ts";
import { CommandError } from "../stampCommand.ts";
import type { Invocation, ParameterDeclaration, StampCommand } from "../stampCommand.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import { instanceAsked, say } from "./commandContext.ts";
import type { CommandContext } from "./commandContext.ts";
import { isAgreed } from "./consent.ts";
import { printedGrant } from "./grantObject.ts";

const least = 60;
const most = 20_160;
const usual = 480;
const minutesPerDay = 1_440;
const levels = ["Diagnostics", "DiagnosticsRepair"] as const;

/** Opens the door: level, minutes, the question, then the grant. No gives nothing at all. */
export function enableRemoteSupport(
  context: CommandContext,
  firstEnable: (invocation: Invocation) => Promise<void>,
): StampCommand {
  return {
    name: "Enable-RemoteSupport",
    kind: "Function",
    module: "Microsoft.AzureStack.RemoteSupport",
    parameters: parametersFor(context.switches()),
    run: (invocation) => run(context, firstEnable, invocation),
  };
}

/** The range is left to the function: the family's wrapper has no ValidateRange (domain.md 4.4). */
function parametersFor(switches: StampSwitches): readonly ParameterDeclaration[] {
  const expiry: ParameterDeclaration = { name: switches.expiryParameter, type: "Int32", position: 1 };
  return [
    { name: "AccessLevel", type: "String", mandatory: true, position: 0, oneOf: levels },
    expiry,
    ...(switches.consent === "agreeParameter" ? [agreeParameter] : []),
  ];
}

const agreeParameter: ParameterDeclaration = { name: "AgreeToRemoteSupportConsent", type: "Switch" };

async function* run(
  context: CommandContext,
  firstEnable: (invocation: Invocation) => Promise<void>,
  invocation: Invocation,
): AsyncGenerator<ClixmlValue> {
  const switches = context.switches();
  const level = levelAsked(invocation);
  const minutes = minutesAsked(invocation, switches);
  if (switches.version === "withoutHotfix") throw notOnThisVersion();
  if (minutes === null) return invocation.voice.error(outOfRange());
  if (!(await isAgreed(invocation, switches))) return;
  await firstEnable(invocation);
  yield* say(
    `Enabling Remote Support for '${level}' expiring in '${minutes}' minutes.`,
    invocation.voice,
    switches,
  );
  const request = { level, minutes, account: invocation.account, instance: instanceAsked(invocation) };
  const result = context.model.enable(request);
  if (result.kind === "refused") throw alreadyEnabled();
  yield* say("Remote Support successfully Enabled.", invocation.voice, switches);
  yield* printedGrant(result.grant, result.state.asOf, switches);
}

/** The binder has checked the word; its spelling may still differ in case. */
function levelAsked(invocation: Invocation): Level {
  const asked = invocation.parameters.get("AccessLevel");
  const isRepair = typeof asked === "string" && asked.toLowerCase() === "diagnosticsrepair";
  return isRepair ? "DiagnosticsRepair" : "Diagnostics";
}

/** Null: out of range, and the switch has it refused. */
function minutesAsked(invocation: Invocation, switches: StampSwitches): number | null {
  const inDays = switches.expiryParameter === "ExpireInDays";
  const given = invocation.parameters.get(switches.expiryParameter);
  // The preview counted in days and had seven as its default (domain.md 3.2).
  if (typeof given !== "number") return inDays ? 7 * minutesPerDay : usual;
  const minutes = inDays ? given * minutesPerDay : given;
  if (minutes >= least && minutes <= most) return minutes;
  return switches.outOfRange === "default" ? usual : null;
}

function outOfRange(): CommandError {
  return new CommandError(`PRACTICE: remote support can be enabled for ${least} to ${most} minutes only.`, {
    errorId: "RemoteSupportExpiryOutOfRange,Enable-RemoteSupport",
    category: 5,
  });
}

function notOnThisVersion(): CommandError {
  return new CommandError(
    "PRACTICE: this stamp needs hotfix 1.2102.30.132 before remote support can be enabled.",
    {
      errorId: "RemoteSupportNotAvailable,Enable-RemoteSupport",
      category: 12,
    },
  );
}

function alreadyEnabled(): CommandError {
  return new CommandError("PRACTICE: remote support is enabled already. Disable it first.", {
    errorId: "RemoteSupportAlreadyEnabled,Enable-RemoteSupport",
    category: 20,
  });
}
