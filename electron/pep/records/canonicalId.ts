const bare = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** All that [guid] takes and prints, but for the form of a C structure. */
const spellings = new RegExp(String.raw`^(?:${bare}|\{${bare}\}|\(${bare}\)|[0-9a-f]{32})$`, "i");

/** Names nothing. */
export const emptyGuid = "00000000-0000-0000-0000-000000000000";

/** A GUID in lower case with hyphens and without braces, however it is spelt; any other text as it is. */
export function canonicalId(printed: string): string {
  const plain = printed.trim();
  if (!spellings.test(plain)) return plain;
  const digits = plain.replace(/[^0-9a-f]/gi, "").toLowerCase();
  const at = [0, 8, 12, 16, 20, 32];
  return at
    .slice(1)
    .map((end, part) => digits.slice(at[part], end))
    .join("-");
}
