/** Offers a text as a file to keep. */
export function saveFile(
  name: string,
  text: string,
  type: "application/json" | "text/csv" | "text/plain",
): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = safeName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Only what every file system takes. */
function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+/, "") || "file";
}
