/** NegotiateFlags ([MS-NLMP] 2.2.2.5), those that decide something here. */
export const flags = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  targetIsDomain: 0x00010000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const;

const COMMON =
  flags.unicode |
  flags.requestTarget |
  flags.sign |
  flags.ntlm |
  flags.alwaysSign |
  flags.extendedSessionSecurity |
  flags.version |
  flags.key128 |
  flags.keyExchange |
  flags.key56;

/** What we ask for: everything with SEAL over HTTP, the same without SEAL where TLS protects the bodies. */
export function ourFlags(sealing: boolean): number {
  return (sealing ? COMMON | flags.seal : COMMON) >>> 0;
}

/** What a server must grant us; there is no falling back to weaker keys. */
export function neededFlags(sealing: boolean): number {
  const always =
    flags.unicode | flags.sign | flags.extendedSessionSecurity | flags.key128 | flags.keyExchange;
  return (sealing ? always | flags.seal : always) >>> 0;
}

/** True when all the wanted bits are set. */
export function has(value: number, wanted: number): boolean {
  return (value & wanted) >>> 0 === wanted >>> 0;
}
