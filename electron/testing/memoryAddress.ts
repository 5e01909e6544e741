import { Secret } from "../services/secret.ts";

/** Where a MemoryEndpoint is, for those that want an address; nothing is sent there. */
export const memoryAddress = {
  name: "AZS-ERCS01",
  host: "10.0.0.4",
  port: 5985,
  transport: "http",
  configuration: "PrivilegedEndpoint",
} as const;

export const memoryCredential = { account: "AZS\\cloudadmin", password: new Secret("Tr0ub4dor-secret") };
