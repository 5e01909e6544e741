import type { StampModel } from "../model/stampModel.ts";
import type { Instance } from "../model/stampState.ts";
import { instanceOf } from "../model/stampNames.ts";
import type { View } from "../model/views.ts";
import type { CommandVoice, Invocation } from "../stampCommand.ts";
import type { StampSwitches } from "../stampSwitches.ts";

/** What the commands of the stamp work on. */
export type CommandContext = {
  readonly model: StampModel;
  readonly switches: () => StampSwitches;
  /** WinRM of that instance restarts: its connections and shells are gone, and it listens again. */
  readonly restartEndpoint: (instance: Instance) => void;
};

/** Which instance was asked; a name that is none of the three counts as the first. */
export function instanceAsked(invocation: Invocation): Instance {
  return instanceOf(invocation.endpoint) ?? 0;
}

/** What the instance that was asked shows. */
export function viewAsked(invocation: Invocation, switches: StampSwitches): View {
  return { instance: instanceAsked(invocation), scope: switches.scope };
}

/** A line beside the objects, where the switch wants it: said aloud, put into the output, or left out. */
export function* say(line: string, voice: CommandVoice, switches: StampSwitches): Generator<string> {
  switch (switches.textLines) {
    case "information":
      voice.information(line);
      return;
    case "output":
      yield line;
      return;
    case "none":
      return;
    default:
      switches.textLines satisfies never;
  }
}
