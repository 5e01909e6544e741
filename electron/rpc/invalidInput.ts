import type { z } from "zod";
import { ConsoleError } from "#contract";

type Issue = z.core.$ZodIssue;

/** Why an input was not taken, naming the first field that does not fit. It never repeats what was typed. */
export function invalidInput(operation: string, error: z.ZodError): ConsoleError {
  const { field, complaint } = misfit(error);
  const sentence = `${field === "" ? "The input" : `"${field}"`} ${complaint}.`;
  return new ConsoleError("invalidInput", `${sentence} Nothing was done (${operation}).`, { cause: error });
}

/** The first field that does not fit (empty for the whole) and what is wrong with it, for a sentence of one's own. */
export function misfit(error: z.ZodError): { readonly field: string; readonly complaint: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { field: "", complaint: "does not fit" };
  return { field: issue.path.map(String).join("."), complaint: complaintOf(issue) };
}

function complaintOf(issue: Issue): string {
  switch (issue.code) {
    case "too_small":
      return `must ${measured(issue.origin, "at least", issue.minimum)}`;
    case "too_big":
      return `must ${measured(issue.origin, "at most", issue.maximum)}`;
    case "invalid_type":
      return `must be ${typeName(issue.expected)}`;
    case "invalid_value":
      return `must be ${issue.values.map(String).join(" or ")}`;
    case "unrecognized_keys":
      return `has a field that is not known: ${issue.keys.join(", ")}`;
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return `does not fit: ${issue.message}`;
    default:
      return issue satisfies never;
  }
}

function measured(origin: string, bound: string, limit: number | bigint): string {
  if (origin === "string") return `have ${bound} ${limit} character${limit === 1 ? "" : "s"}`;
  if (origin === "array") return `have ${bound} ${limit} entr${limit === 1 ? "y" : "ies"}`;
  return `be ${bound} ${limit}`;
}

function typeName(expected: string): string {
  if (expected === "int") return "a whole number";
  if (expected === "string") return "a text";
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}
