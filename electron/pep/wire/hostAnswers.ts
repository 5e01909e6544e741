import { integerOf, itemsOf, property, textOf } from "../../protocol/clixml/look.ts";
import { scalar } from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { HostCall } from "../../protocol/psrp/hostCalls.ts";
import { hostMethods } from "../../protocol/psrp/hostMethods.ts";
import { readProgress, type ProgressRecord } from "../../protocol/psrp/records.ts";
import type { EndpointQuestion } from "../../services/ports.ts";

/** A question with exactly the choices Yes and No, and where they stand. */
export type YesNoQuestion = {
  readonly question: EndpointQuestion;
  readonly yes: number;
  readonly no: number;
};

/** What a host call wants of us. */
export type HostDemand =
  | { readonly kind: "said"; readonly line: string }
  /** Verbose and debug lines, which are for developers. */
  | { readonly kind: "aside"; readonly line: string }
  | { readonly kind: "progress"; readonly record: ProgressRecord }
  | { readonly kind: "nothing" }
  | { readonly kind: "question"; readonly asked: YesNoQuestion }
  /** A harmless fact about our host. */
  | { readonly kind: "fact"; readonly result: ClixmlValue }
  /** A question that we do not understand, or a thing that we do not offer; with its words, so that they are kept. */
  | { readonly kind: "foreign"; readonly question: EndpointQuestion };

/** Reads a host call ([MS-PSRP] 2.2.3.17). Methods are told by number; every text is untrusted. */
export function readDemand(call: HostCall): HostDemand {
  const line = lineIn(call, saidAt);
  if (line !== null) return { kind: "said", line };
  const aside = lineIn(call, asideAt);
  if (aside !== null) return { kind: "aside", line: aside };
  if (call.method === hostMethods.writeProgress)
    return { kind: "progress", record: readProgress(call.parameters[1] ?? null) };
  if (!call.wantsAnswer) return { kind: "nothing" };
  if (call.method === hostMethods.promptForChoice) {
    const asked = readYesNo(call.parameters);
    return asked === null ? foreign(call) : { kind: "question", asked };
  }
  if (call.method === 1) return { kind: "fact", result: "Remote Support Console" };
  if (call.method === 2) return { kind: "fact", result: scalar("Version", "1.0") };
  return foreign(call);
}

/** Prompts carry their caption and message first, whatever else they ask for ([MS-PSRP] 2.2.3.17). */
const foreign = ({ parameters: [caption, message] }: HostCall): HostDemand => ({
  kind: "foreign",
  question: {
    caption: textOf(caption ?? null) ?? "",
    message: textOf(message ?? null) ?? "",
    choices: [],
    understood: false,
  },
});

/** Where the text stands in the parameters of the writing methods. */
const saidAt: ReadonlyMap<number, number> = new Map([
  [hostMethods.write1, 0],
  [hostMethods.write2, 2],
  [hostMethods.writeLine1, 0],
  [hostMethods.writeLine2, 0],
  [hostMethods.writeLine3, 2],
  [hostMethods.writeErrorLine, 0],
  [hostMethods.writeWarningLine, 0],
]);

const asideAt: ReadonlyMap<number, number> = new Map([
  [hostMethods.writeDebugLine, 0],
  [hostMethods.writeVerboseLine, 0],
]);

const lineIn = (call: HostCall, textAt: ReadonlyMap<number, number>): string | null => {
  const at = textAt.get(call.method);
  return at === undefined ? null : (textOf(call.parameters[at] ?? null) ?? "");
};

/** PromptForChoice: caption, message, choices, default. Null unless the choices are one Yes and one No. */
export function readYesNo(parameters: readonly ClixmlValue[]): YesNoQuestion | null {
  const [caption, message, choiceList] = parameters;
  const choices = itemsOf(choiceList).map((choice) =>
    (textOf(property(choice, "label")) ?? "").replaceAll("&", ""),
  );
  const folded = choices.map((choice) => choice.trim().toLowerCase());
  const yes = folded.indexOf("yes");
  const no = folded.indexOf("no");
  if (choices.length !== 2 || yes === -1 || no === -1 || integerOf(parameters[3]) === null) return null;
  const question = {
    caption: textOf(caption) ?? "",
    message: textOf(message) ?? "",
    choices,
    understood: true,
  };
  return { question, yes, no };
}
