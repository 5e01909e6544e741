/** The revoke of a target from a shell, for when the console cannot be asked for its lines. */
export function revokeLine(targetName: string): string {
  const isPlain = /^[A-Za-z0-9._-]+$/.test(targetName);
  return `rsc revoke --target ${isPlain ? targetName : `"${targetName.replaceAll(/["\\$`]/g, "\\$&")}"`}`;
}
