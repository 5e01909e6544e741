import { dictionary, list, version } from "../../protocol/clixml/build.ts";
import type { ClixmlObject } from "../../protocol/clixml/value.ts";

const dictionaryType = [
  "System.Management.Automation.PSPrimitiveDictionary",
  "System.Collections.Hashtable",
  "System.Object",
];
const compatible = ["1.0", "2.0", "3.0", "4.0", "5.0", "5.1.14393.2248"];

/** PSVersionTable as a JEA endpoint on Server 2016 tells it ([R], protocol 11.4); the remoting version is the common one. */
export function usualPrivateData(protocolVersion: string): ClixmlObject {
  const versionArray = ["System.Version[]", "System.Array", "System.Object"];
  const table = dictionary(
    [
      ["PSVersion", version("5.1.14393.2248")],
      ["PSEdition", "Desktop"],
      ["PSCompatibleVersions", list(compatible.map(version), versionArray)],
      ["CLRVersion", version("4.0.30319.42000")],
      ["BuildVersion", version("10.0.14393.2248")],
      ["WSManStackVersion", version("3.0")],
      ["PSRemotingProtocolVersion", version(protocolVersion)],
      ["SerializationVersion", version("1.1.0.1")],
    ],
    dictionaryType,
  );
  return dictionary([["PSVersionTable", table]], dictionaryType);
}
