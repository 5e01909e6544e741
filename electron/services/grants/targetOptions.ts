import type { Target } from "#contract";
import { shellOption } from "./shellWords.ts";

/** The word that names the practice stamp on the command line. */
export const practiceName = "practice";

/** How the id of a target begins that lives on a command line only; its addresses come after it. */
export const lineTargetMark = "ad-hoc";

/** The options by which the command line finds a target again: its name where that says which, else its id. */
export function targetOptions(target: Target, all: readonly Target[]): readonly string[] {
  if (target.practice) return [shellOption("target", practiceName)];
  if (target.id.startsWith(`${lineTargetMark} `)) return addressOptions(target);
  const name = target.name.toLowerCase();
  const meant = all.filter((other) => other.id === target.name || other.name.toLowerCase() === name);
  const saysWhich = meant.length === 1 && name !== practiceName;
  return [shellOption("target", saysWhich ? target.name : target.id)];
}

/** A target that no settings hold is told whole. */
function addressOptions({ transport, endpoints, account, configuration, signIn, certificates }: Target) {
  const address = (host: string, port: number): string =>
    `${transport}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const pins = endpoints.flatMap(({ host, port }) =>
    certificates.filter((trusted) => trusted.host === host && trusted.port === port).slice(0, 1),
  );
  return [
    ...endpoints.map(({ host, port }) => shellOption("endpoint", address(host, port))),
    shellOption("account", account),
    shellOption("configuration", configuration),
    ...pins.map(({ sha256 }) => shellOption("certificate-sha256", sha256)),
    ...(signIn.kind === "negotiate" ? [] : [shellOption("sign-in", signIn.kind)]),
    ...(signIn.kind === "certificate"
      ? [shellOption("client-certificate", signIn.certificateFile), shellOption("client-key", signIn.keyFile)]
      : []),
  ];
}
