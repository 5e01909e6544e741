import type { ParameterType } from "../stampCommand.ts";

/** The .NET names of parameter types. */
export const netTypes: Readonly<Record<ParameterType, string>> = {
  String: "System.String",
  Int32: "System.Int32",
  Switch: "System.Management.Automation.SwitchParameter",
  DateTime: "System.DateTime",
  Object: "System.Object",
  StringArray: "System.String[]",
  PSCredential: "System.Management.Automation.PSCredential",
};
