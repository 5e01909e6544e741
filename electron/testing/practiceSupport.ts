import { customObject, dateTime, enumValue, guid } from "../protocol/clixml/build.ts";
import { textOf } from "../protocol/clixml/look.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { CommandError } from "../drill/stampCommand.ts";
import type { Invocation, ParameterDeclaration, StampCommand } from "../drill/stampCommand.ts";

const processing: readonly ParameterDeclaration[] = [
  { name: "WhatIf", type: "Switch", aliases: ["wi"] },
  { name: "Confirm", type: "Switch", aliases: ["cf"] },
];

const named = (
  name: string,
  parameters: readonly ParameterDeclaration[],
  run: StampCommand["run"],
): StampCommand => ({
  name,
  kind: "Function",
  module: "",
  parameters,
  run,
});

const object = (...names: readonly string[]): ClixmlValue =>
  customObject(new Map(names.map((name) => [name, "practice"])));

/** Functions with the parameters of a made-up remote support, for replaying recorded conversations. */
export function practiceSupport(): readonly StampCommand[] {
  return [
    named(
      "Enable-RemoteSupport",
      [
        {
          name: "Level",
          type: "String",
          mandatory: true,
          position: 0,
          oneOf: ["ReadOnly", "Interactive", "Full"],
        },
        { name: "Minutes", type: "Int32", range: [1, 480] },
        { name: "Ticket", type: "String" },
        { name: "Engineer", type: "StringArray", aliases: ["Eng"] },
        { name: "NotBefore", type: "DateTime" },
        { name: "Force", type: "Switch" },
        ...processing,
      ],
      async function* enable() {
        yield object(
          "Id",
          "Level",
          "State",
          "Ticket",
          "Engineer",
          "NotBefore",
          "Start",
          "Expires",
          "Duration",
          "Day",
          "Force",
          "Forced",
        );
      },
    ),
    named(
      "Disable-RemoteSupport",
      [
        { name: "Id", type: "Object", mandatory: true, position: 0, fromPipeline: true },
        { name: "Reason", type: "String" },
        ...processing,
      ],
      disable,
    ),
    named("Get-RemoteSupport", [{ name: "Name", type: "String", position: 0 }], get),
    named(
      "Get-RemoteSupportSession",
      [
        { name: "Id", type: "StringArray" },
        { name: "First", type: "Int32", range: [0, 1000] },
        { name: "IncludeClosed", type: "Switch" },
      ],
      async function* sessions({ parameters, voice }) {
        voice.verbose("set: All");
        for (let index = 0; index < Number(parameters.get("First") ?? 3); index++)
          yield customObject({
            Index: index + 1,
            Id: guid("00000001-0000-0000-0000-000000000001"),
            User: "practice",
            Started: dateTime(new Date(0)),
            Idle: "",
            State: enumValue("System.DayOfWeek", "Monday", 1),
            Closed: false,
          });
      },
    ),
    named("Test-RemoteSupportStream", [{ name: "Throw", type: "Switch" }], streams),
    named(
      "Get-RemoteSupportSecret",
      [{ name: "Credential", type: "PSCredential", mandatory: true }],
      async function* secret() {
        yield "practice";
      },
    ),
  ];
}

const confirmChoices = [
  { label: "&Yes", help: "" },
  { label: "Yes to &All", help: "" },
  { label: "&No", help: "" },
  { label: "No to A&ll", help: "" },
];

async function* disable({ parameters, voice }: Invocation): AsyncGenerator<ClixmlValue> {
  const id = textOf(parameters.get("Id") as ClixmlValue) ?? "";
  const message = `Are you sure you want to perform this action?\nPerforming the operation "Disable" on target "Remote support ${id}".`;
  const confirmed = async (): Promise<boolean> => {
    if (parameters.get("Confirm") === false) return true;
    return (
      parameters.get("WhatIf") !== true && (await voice.choose("Confirm", message, confirmChoices, 0)) <= 1
    );
  };
  // Under redirection the recorded function ends its statement and no more.
  const answer = await confirmed().catch((error: unknown) => {
    if (!voice.errorsAreRedirected || !(error instanceof CommandError)) throw error;
    const [errorId = ""] = error.errorId.split(",");
    voice.error(new CommandError(error.message, { errorId, category: 0, isWholeId: true }));
    return null;
  });
  if (answer === null) return;
  if (answer) yield object("Id", "State", "At", "Reason");
  else voice.warning(`Not disabled: ${id}`);
}

async function* get({ parameters, voice }: Invocation): AsyncGenerator<ClixmlValue> {
  const name = parameters.get("Name");
  const isFound = name === undefined || name === "support01" || name === "*" || name === "support*";
  if (isFound)
    yield object(
      "Name",
      "Enabled",
      "Level",
      "Expires",
      "Remaining",
      "Day",
      "Id",
      "Port",
      "Version",
      "Uri",
      "Tags",
      "Settings",
    );
  else voice.error(new CommandError("not found", { errorId: "RemoteSupportNotFound", category: 13 }));
}

async function* streams({ parameters, voice }: Invocation): AsyncGenerator<ClixmlValue> {
  voice.warning("a warning");
  voice.verbose("a verbose");
  voice.information("a host line");
  voice.progress("Working", "Half", 50);
  voice.error(new CommandError("an error", { errorId: "Practice.Stream", category: 0 }));
  if (parameters.get("Throw") === true)
    throw new CommandError("thrown", { errorId: "thrown from function", category: 14, isWholeId: true });
  yield "done";
}
