/** True when the text holds PowerShell wildcards `*` or `?`. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Tests names against a pattern with `*` and `?`, without case. */
export function wildcard(pattern: string): (name: string) => boolean {
  const folded = withoutCase(pattern);
  return (name) => fits(folded, withoutCase(name));
}

/**
 * Clients choose the pattern, so nothing is tried in all its ways: after a mismatch only the last `*` takes one
 * character more, since what the earlier ones took can stay as it is.
 */
function fits(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let starEnd = 0;
  let index = 0;
  while (index < name.length) {
    if (pattern[at] === "*") {
      star = at++;
      starEnd = index;
    } else if (pattern[at] === "?" || pattern[at] === name[index]) {
      at++;
      index++;
    } else {
      if (star === -1) return false;
      at = star + 1;
      index = ++starEnd;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/** Character by character, as an expression compares without case: the length stays, and what is not ASCII stays so. */
const withoutCase = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => upper(text, at)).join("");

function upper(text: string, at: number): string {
  const own = text.charAt(at);
  const raised = own.toUpperCase();
  return raised.length === 1 && (own < "\u0080" || raised >= "\u0080") ? raised : own;
}
