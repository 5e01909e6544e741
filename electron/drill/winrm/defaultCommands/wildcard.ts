const special = /[.+^${}()|\\/[\]]/g;

/** True when the text holds PowerShell wildcards `*` or `?`. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Tests names against a pattern with `*` and `?`, without case. */
export function wildcard(pattern: string): (name: string) => boolean {
  const body = pattern.replaceAll(special, "\\$&").replaceAll(/\*+/g, ".*").replaceAll("?", ".");
  const expression = new RegExp(`^${body}$`, "is");
  return (name) => expression.test(name);
}
