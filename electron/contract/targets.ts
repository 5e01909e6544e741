import { z } from "zod";
import { request, stream } from "./kit/operation.ts";
import { certificateReadingShape, trustedCertificateShape, typedFingerprint } from "./certificates.ts";
import { doorShape } from "./doors.ts";
import { isoTime, lineShape, oneTarget } from "./shapes.ts";
import { endedShellsShape, endShellsRequestShape, shellsReadingShape } from "./shells.ts";
import { mayTravel, signInShape, usualSignIn } from "./signIn.ts";

/** A configuration name that may stand in a ResourceURI (protocol: anything else is refused before a byte is sent). */
export const configurationName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "letters, digits, dot, dash and underscore only");

/** A host name, IPv4 or IPv6 address (without brackets). */
export const hostName = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+)$/,
    "a name or an IP address",
  );

/** `DOMAIN\user`, `user@domain` or `.\user`. */
export const accountName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}\p{Cs}"/:;|=,+*?<>]+$/u, 'no control characters and none of "/:;|=,+*?<>');

/** One address at which a target's JEA endpoint answers. */
export const endpointShape = z.strictObject({
  name: lineShape.min(1).max(64),
  host: hostName,
  port: z.int().min(1).max(65_535),
});
export type Endpoint = z.infer<typeof endpointShape>;

const connectionFields = {
  name: lineShape.min(1).max(80),
  transport: z.enum(["http", "https"]),
  configuration: configurationName,
  account: accountName,
  endpoints: z.array(endpointShape).min(1).max(3).readonly(),
};

const needsHttps = {
  path: ["signIn"],
  error: "Basic and client certificates are for HTTPS only: choose HTTPS, or sign in with Negotiate",
};

/**
 * Whether the endpoints of a target keep their grants together. Published nowhere: it is observed (a grant made at one
 * endpoint was read at the others, or was not for minutes), or the operator says so. Null: not known, and then every
 * endpoint has to be read.
 */
export const scopeShape = z
  .strictObject({
    grants: z.enum(["shared", "separate"]),
    by: z.enum(["observed", "operator"]),
    at: isoTime,
  })
  .nullable();
export type Scope = z.infer<typeof scopeShape>;

/** An Azure Stack Hub stamp. Arc-enabled Windows servers become the second kind of this union. */
export const stampShape = z
  .strictObject({
    kind: z.literal("stamp"),
    id: z.string(),
    /** True for the built-in practice stamp; it is marked PRACTICE wherever it is shown. */
    practice: z.boolean(),
    ...connectionFields,
    signIn: signInShape,
    /** Over HTTPS: what a person trusted, one for each address. */
    certificates: z.array(trustedCertificateShape).readonly(),
    scope: scopeShape,
  })
  .refine(mayTravel, needsHttps);

export const targetShape = z.discriminatedUnion("kind", [stampShape]);
export type Target = z.infer<typeof targetShape>;

export const newTargetShape = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("stamp"),
      ...connectionFields,
      /** Negotiate unless said. */
      signIn: signInShape.default(usualSignIn),
    })
    .refine(mayTravel, needsHttps),
]);
export type NewTarget = z.infer<typeof newTargetShape>;

export const targetOverviewShape = z.strictObject({
  target: targetShape,
  signedIn: z.boolean(),
  door: doorShape,
  /** The console's own clock when it told this: the page measures its own by it. */
  toldAt: isoTime,
});
export type TargetOverview = z.infer<typeof targetOverviewShape>;

/** One rung of the connection check: what was tried, what came of it, how long it took, what to do. */
export const rungShape = z.strictObject({
  endpoint: z.string(),
  step: z.enum([
    "name",
    "tcp",
    "certificate",
    "winrm",
    "signIn",
    "configuration",
    "culture",
    "commands",
    "answers",
    "version",
    "clock",
    "outbound",
  ]),
  state: z.enum(["waiting", "running", "passed", "warned", "failed", "notTested"]),
  milliseconds: z.number().nullable(),
  found: z.string(),
  fix: z.string().nullable(),
  /** What the endpoint printed, where that helps a support case; secrets hidden. */
  printed: z.string().nullable(),
});
export type Rung = z.infer<typeof rungShape>;

export const ladderShape = z.strictObject({ rungs: z.array(rungShape).readonly(), finished: z.boolean() });
export type Ladder = z.infer<typeof ladderShape>;

/** An endpoint of a target by its name (`endpoint` on a command line is an address). */
const oneEndpoint = z.strictObject({ ...oneTarget.shape, endpointName: z.string().min(1).max(64) });

export const targets = {
  list: request({ input: z.strictObject({}), output: z.array(targetShape).readonly() }),
  add: request({ input: newTargetShape, output: targetShape }),
  remove: request({ input: oneTarget, output: z.null() }),
  /** Proves the credential at the target and keeps it for this run of the console only. */
  signIn: request({
    input: z.strictObject({
      ...oneTarget.shape,
      account: accountName,
      /** Of the account; with a client certificate, of its key file: empty where that has none. */
      password: z.string().max(1024),
    }),
    output: targetShape,
  }),
  signOut: request({ input: oneTarget, output: z.null() }),
  /** The operator's word on whether the endpoints keep their grants together; null takes it back. */
  declareScope: request({
    input: z.strictObject({ ...oneTarget.shape, grants: z.enum(["shared", "separate"]).nullable() }),
    output: targetShape,
  }),
  /** Reads the certificate an HTTPS endpoint shows now. Nothing is sent to it. */
  certificate: request({ input: oneEndpoint, output: certificateReadingShape }),
  /** Trusts the certificate that a person looked at; refused where the endpoint shows another one by now. */
  trust: request({
    input: z.strictObject({ ...oneEndpoint.shape, sha256: typedFingerprint }),
    output: targetShape,
  }),
  /** All targets with their doors; a snapshot at once and at every change. */
  watch: stream({ input: z.strictObject({}), output: z.array(targetOverviewShape).readonly() }),
  /** The connection check, rung by rung. */
  check: stream({ input: oneTarget, output: ladderShape }),
  /**
   * The shells that the account has at each endpoint, of all configurations and whoever began them: they count against
   * what the endpoint grants it. No free shell is needed to look.
   */
  shells: request({ input: oneTarget, output: shellsReadingShape }),
  /** Ends shells of the account at one endpoint: what runs in them is broken off. */
  endShells: request({ input: endShellsRequestShape, output: endedShellsShape }),
  /** Starts the practice stamp if it is not running, and signs in to it. */
  startPractice: request({ input: z.strictObject({}), output: targetShape }),
};
