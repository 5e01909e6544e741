import { canonical, isGraphObject } from "../plain/graph.ts";
import type { Blanking, Graph, GraphObject, Plain } from "../plain/graph.ts";
import { plainClixml } from "../plain/plainClixml.ts";
import { nameOfType } from "../plain/eventKinds.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";
import { unlikeMembers } from "./differences.ts";

/** A client's message as it is compared: its ids are blanked, and what the rules leave out is left out. */
export function sentTree(message: PlainMessage): Plain {
  const root = canonical(plainClixml(message.text), blanking(message.type));
  return [String(message.destination), nameOfType(message.type), root];
}

const blanking =
  (type: number): Blanking =>
  (object) => {
    const { base } = object;
    // Rule 4: an enum is its number, whether its name is spelled out around it or not.
    if (object.types.includes("System.Enum") && base !== null && "text" in base) return base;
    const members = object.members
      .map(([name, value]) => [name === "CI" ? "ci" : name, value] as const)
      .filter(([name]) => !unlikeMembers.has(`${nameOfType(type)} ${name}`))
      .filter(([name, value]) => !(laterMerges.has(name) && isNone(value)));
    return { ...object, types: isList(object) ? ["a list"] : object.types, members };
  };

/** Protocol 2.1 does not know these members; None in them says the same as their absence. */
const laterMerges: ReadonlySet<string> = new Set([
  "MergeError",
  "MergeWarning",
  "MergeVerbose",
  "MergeDebug",
  "MergeInformation",
]);

const isNone = (value: Graph): boolean =>
  isGraphObject(value) && value.base !== null && "text" in value.base && value.base.text === "0";

/** [R7]: a list of commands or arguments is taken under any type name. */
const isList = (object: GraphObject): boolean => object.base !== null && object.base.tag === "LST";
