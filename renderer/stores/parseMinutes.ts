import { grantMinutes } from "#contract";

export type ParsedMinutes =
  | { readonly kind: "minutes"; readonly minutes: number }
  | { readonly kind: "refused"; readonly sentence: string };

const range = `${group(grantMinutes.least)} to ${group(grantMinutes.most)} minutes`;

/** Reads what was typed, exactly as typed: nothing is trimmed, rounded or guessed. */
export function parseMinutes(typed: string): ParsedMinutes {
  const sentence = refusal(typed);
  return sentence === null ? { kind: "minutes", minutes: Number(typed) } : { kind: "refused", sentence };
}

function refusal(typed: string): string | null {
  if (typed === "") return `Type how many minutes the door stays open: ${range}.`;
  if (/\s/.test(typed)) return "Remove the spaces: minutes are written as digits only.";
  if (/^-\d+$/.test(typed)) return `Minutes cannot be negative. The target takes ${range}.`;
  if (/^\d+[.,]\d+$/.test(typed)) return `Only whole minutes can be granted, from ${range}.`;
  if (/[^0-9]/.test(typed)) return `Use the digits 0 to 9 only. The target takes ${range}.`;
  if (/^0\d/.test(typed)) return "Write the number without leading zeros.";
  const minutes = Number(typed);
  if (minutes < grantMinutes.least)
    return `${group(minutes)} minutes are too few. The target takes ${range}.`;
  if (minutes > grantMinutes.most) return `That is too long. The target takes ${range} (14 days).`;
  return null;
}

/** 20160 as "20 160", with a space that does not break. */
function group(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}
