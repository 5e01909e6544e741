import { enumValue, list } from "../clixml/build.ts";
import { integerOf, itemsOf, property, textOf } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { members } from "./objects.ts";

/** GET_COMMAND_METADATA ([MS-PSRP] 2.2.2.14). */
export type MetadataQuestion = {
  /** Names with wildcards; empty: all. */
  readonly names: readonly string[];
  /** CommandTypes flags ([MS-PSRP] 2.2.3.19). */
  readonly commandType: number;
  readonly namespaces: readonly string[];
};

const stringArray = ["System.String[]", "System.Array", "System.Object"];

export function writeMetadataQuestion(question: MetadataQuestion): ClixmlValue {
  return members({
    Name: question.names.length === 0 ? null : list(question.names, stringArray),
    CommandType: enumValue(
      "System.Management.Automation.CommandTypes",
      String(question.commandType),
      question.commandType,
    ),
    Namespace: question.namespaces.length === 0 ? null : list(question.namespaces, stringArray),
    ArgumentList: null,
  });
}

export function readMetadataQuestion(value: ClixmlValue): MetadataQuestion {
  const texts = (name: string): readonly string[] =>
    itemsOf(property(value, name)).map((item) => textOf(item) ?? "");
  return {
    names: texts("Name"),
    commandType: integerOf(property(value, "CommandType")) ?? 511,
    namespaces: texts("Namespace"),
  };
}
