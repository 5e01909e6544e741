/** Names of the hashes a channel binding may ask for (RFC 5929 4.1). */
export type HashName = "SHA-224" | "SHA-256" | "SHA-384" | "SHA-512";

/** The digests every runtime has; MD4 and RC4, which OpenSSL 3 refuses, are our own (md4.ts, rc4.ts). */
export type Digests = {
  readonly md5: (data: Uint8Array) => Uint8Array;
  /** Of all the pieces as one text: a long one need not be copied behind a short one. */
  readonly hmacMd5: (key: Uint8Array, ...data: readonly Uint8Array[]) => Uint8Array;
  readonly hash: (name: HashName, data: Uint8Array) => Uint8Array;
};

/** Cryptographic randomness: that many bytes. */
export type RandomBytes = (count: number) => Uint8Array;

/** The time as FILETIME: ticks of 100 ns since 1601-01-01 UTC. */
export type FileTimeNow = () => bigint;
