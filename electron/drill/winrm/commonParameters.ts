import type { ParameterDeclaration } from "../stampCommand.ts";

/** What every advanced function and cmdlet takes besides its own (about_CommonParameters of 5.1), in the order of metadata. */
export const commonParameters: readonly ParameterDeclaration[] = [
  { name: "Verbose", type: "Switch", aliases: ["vb"] },
  { name: "Debug", type: "Switch", aliases: ["db"] },
  { name: "ErrorAction", type: "Object", aliases: ["ea"] },
  { name: "WarningAction", type: "Object", aliases: ["wa"] },
  { name: "InformationAction", type: "Object", aliases: ["infa"] },
  { name: "ErrorVariable", type: "String", aliases: ["ev"] },
  { name: "WarningVariable", type: "String", aliases: ["wv"] },
  { name: "InformationVariable", type: "String", aliases: ["iv"] },
  { name: "OutVariable", type: "String", aliases: ["ov"] },
  { name: "OutBuffer", type: "Int32", aliases: ["ob"] },
  { name: "PipelineVariable", type: "String", aliases: ["pv"] },
];

/** The names of parameters that hold an ActionPreference, which is no type of its own here. */
export const preferenceNames: ReadonlySet<string> = new Set([
  "ErrorAction",
  "WarningAction",
  "InformationAction",
]);
