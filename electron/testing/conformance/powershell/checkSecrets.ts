import { constants, createCipheriv, createDecipheriv, createPrivateKey, privateDecrypt } from "node:crypto";
import { property, textOf } from "../../../protocol/clixml/look.ts";
import { readClixml } from "../../../protocol/clixml/read.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import { readEncryptedKey, revealSecureString, secureString } from "../../../protocol/psrp/sessionKey.ts";
import type { SessionCipher } from "../../../protocol/psrp/sessionKey.ts";
import { scalar } from "../../../protocol/clixml/build.ts";
import { demandEqual } from "../outcome.ts";
import type { Conversation, Listed } from "./conversation.ts";

/** The session key and every SecureString under it, where keys were exchanged; gives how many. */
export function checkSecrets(conversation: Conversation): number {
  const { sessionKey, clientPrivateKey } = conversation;
  if (sessionKey === null || clientPrivateKey === null) return 0;
  const messages = conversation.listed.filter((message) => message !== null);
  const key = createPrivateKey({
    key: Buffer.from(clientPrivateKey, "base64"),
    format: "der",
    type: "pkcs8",
  });
  const keys = messages.filter(({ type }) => type === messageTypes.encryptedSessionKey);
  for (const { text } of keys) {
    const cipher = readEncryptedKey(textOf(property(readClixml(text), "EncryptedSessionKey")) ?? "");
    const found = privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, cipher);
    demandEqual("ENCRYPTED_SESSION_KEY", found.toString("hex"), sessionKey.toLowerCase());
  }
  return keys.length + checkStrings(messages, Buffer.from(sessionKey, "hex"));
}

/** From protocol 2.4 on both ends a SecureString travels in the clear, which we never speak. */
function checkStrings(messages: readonly Listed[], key: Buffer): number {
  const versions = messages
    .filter(({ type }) => type === messageTypes.sessionCapability)
    .map(({ text }) => Number(/protocolversion">2\.(\d+)</.exec(text)?.[1] ?? 0));
  if (Math.min(...versions) >= 4) return 0;
  const texts = messages.flatMap(({ text }) => [...text.matchAll(/<SS[^>]*>([^<]*)<\/SS>/g)]);
  for (const [, base64 = ""] of texts) {
    const plain = revealSecureString(scalar("SS", base64), aes(key));
    demandEqual("SS", secureString(plain, aes(key)).text, base64);
  }
  return texts.length;
}

const aes = (key: Buffer): SessionCipher => ({
  encrypt: (iv, plain) => {
    const cipher = createCipheriv("aes-256-cbc", key, iv);
    return Buffer.concat([cipher.update(plain), cipher.final()]);
  },
  decrypt: (iv, data) => {
    const cipher = createDecipheriv("aes-256-cbc", key, iv);
    return Buffer.concat([cipher.update(data), cipher.final()]);
  },
});
