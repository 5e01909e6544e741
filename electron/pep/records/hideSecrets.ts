/** What stands where something is kept from view. */
export const HIDDEN = "[hidden]";

const SECRET_NAME = /credential|password|secret|sastoken|sharedaccess/i;

/** Whether a property by that name may hold a secret (domain 1.8). */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** `SasCredential : …` or `…; SasCredential=…` in running text: everything after the mark, up to a brace or line end. */
const SECRET_IN_TEXT =
  /((?:credential|password|secret|sastoken|sharedaccess)\w{0,20}[ \t]{0,100}[=:][ \t]*)[^ \t}\r\n][^}\r\n]*/gi;

/** The signature of a shared access signature, wherever it travels. */
const SIGNATURE = /([?&]sig=)[^&\s"']+/gi;

/** A text with the values of secrets replaced; an object beyond the depth limit arrives as such a text. */
export function hideSecrets(text: string): string {
  // Both patterns want one of these marks, and hardly any field has one.
  if (!text.includes("=") && !text.includes(":")) return text;
  return text.replace(SECRET_IN_TEXT, `$1${HIDDEN}`).replace(SIGNATURE, `$1${HIDDEN}`);
}
