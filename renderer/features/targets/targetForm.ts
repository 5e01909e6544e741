import { newTargetShape } from "#contract";
import type { NewTarget, SignIn } from "#contract";
import type { TargetDraft } from "../../stores/keptTargetDraft.ts";

/** Problems by path: `name`, `account`, `endpoints.0.host` … */
export type TargetProblems = Readonly<Record<string, string>>;

export type ReadTarget =
  | { readonly kind: "target"; readonly target: NewTarget }
  | { readonly kind: "problems"; readonly problems: TargetProblems };

/** The ports of WinRM over HTTP and HTTPS. */
export const usualPorts = { http: "5985", https: "5986" } as const;

export const emptyDraft: TargetDraft = {
  name: "",
  transport: "http",
  configuration: "PrivilegedEndpoint",
  account: "",
  endpoints: [{ name: "ERCS01", host: "", port: usualPorts.http }],
  signIn: "negotiate",
  certificateFile: "",
  keyFile: "",
};

/** Another transport; ports that were not touched follow. Over HTTP only Negotiate may be used. */
export function withTransport(draft: TargetDraft, transport: "http" | "https"): TargetDraft {
  const endpoints = draft.endpoints.map((endpoint) =>
    endpoint.port === usualPorts[draft.transport] ? { ...endpoint, port: usualPorts[transport] } : endpoint,
  );
  return { ...draft, transport, endpoints, signIn: transport === "http" ? "negotiate" : draft.signIn };
}

/** Reads the form by the contract's own shape, and says in words what does not fit. */
export function readTarget(draft: TargetDraft): ReadTarget {
  const endpoints = draft.endpoints.map(({ name, host, port }) => ({
    name: name.trim(),
    host: host.trim(),
    port: /^\d{1,5}$/.test(port.trim()) ? Number(port.trim()) : 0,
  }));
  const parsed = newTargetShape.safeParse({
    kind: "stamp",
    name: draft.name,
    transport: draft.transport,
    configuration: draft.configuration,
    account: draft.account.trim(),
    endpoints,
    signIn: signInOf(draft),
  });
  if (parsed.success) return { kind: "target", target: parsed.data };
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String);
    const isOfEndpoint = path[0] === "endpoints";
    const name = isOfEndpoint && path.at(-1) === "name" ? "endpointName" : (path.at(-1) ?? "");
    return [path.join("."), sentences[name] ?? issue.message] as const;
  });
  return { kind: "problems", problems: Object.fromEntries(problems) };
}

function signInOf({ signIn, certificateFile, keyFile }: TargetDraft): SignIn {
  if (signIn !== "certificate") return { kind: signIn };
  return { kind: "certificate", certificateFile: certificateFile.trim(), keyFile: keyFile.trim() };
}

const sentences: Readonly<Record<string, string>> = {
  name: "Give it a name of at most 80 characters.",
  endpointName: "Give it a name of at most 64 characters.",
  host: "Type a host name or an IP address, without http:// and without a port.",
  port: "Type a port from 1 to 65535.",
  account: 'Type an account such as AZS\\cloudadmin or name@domain, without any of "/:;|=,+*?<>.',
  certificateFile: "Type the path of the certificate's PEM file.",
  keyFile: "Type the path of the key's PEM file.",
  configuration: "Type the session configuration's name: letters, digits, dot, dash and underscore.",
};
