import { dictionary, list, psObject } from "../clixml/build.ts";
import type { ClixmlObject } from "../clixml/value.ts";

const objectDictionary = [
  "System.Collections.Generic.Dictionary`2[[System.String, mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089],[System.Object, mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089]]",
  "System.Object",
];
const objectList = [
  "System.Collections.Generic.List`1[[System.Object, mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089]]",
  "System.Object",
];
const infoType = "System.Management.Automation.InvocationInfo";

/**
 * What an error record says of the command it came from, where that was called by its name and from no script ([R]
 * psrp_with_jea_configuration). Clients lose it when they send a record back.
 */
export function invocationInfo(command: string): ClixmlObject {
  return psObject({
    typeNames: [infoType, "System.Object"],
    display: infoType,
    adapted: {
      MyCommand: command,
      BoundParameters: dictionary([], objectDictionary),
      UnboundArguments: list([], objectList),
      ScriptLineNumber: 0,
      OffsetInLine: 0,
      HistoryId: 1n,
      ScriptName: "",
      Line: "",
      PositionMessage: "",
      PSScriptRoot: "",
      PSCommandPath: null,
      InvocationName: command,
      PipelineLength: 0,
      PipelinePosition: 0,
      ExpectingInput: false,
      CommandOrigin: "Internal",
      DisplayScriptPosition: null,
    },
  });
}
