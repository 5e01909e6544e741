import type { RequestBody, RequestHeaders } from "../../protocol/wsman/serverRequest.ts";
import {
  commandResource,
  configNamespace,
  namespaces,
  powershellNamespace,
} from "../../protocol/wsman/names.ts";
import { faultCodes } from "../../protocol/wsman/wsmanFault.ts";
import type { WinrmServerRequest } from "../../transport/winrmListener.ts";
import type { EndpointQuotas } from "./endpointOptions.ts";
import { partOf, readPlace } from "./listing.ts";
import type { ListingPlace } from "./listing.ts";
import { Shell } from "./shell.ts";
import type { ShellSurroundings } from "./shellSurroundings.ts";
import { answer, cannotConnect, gone, refuse } from "./shellAnswer.ts";
import type { ShellAnswer } from "./shellAnswer.ts";

export type ShellHostOptions = ShellSurroundings & {
  readonly configuration: string;
  readonly quotas: EndpointQuotas;
  readonly newId: () => string;
};

const usualIdle = 7_200_000;
const usualTimeout = 60_000;
const smallEnvelope = 153_600;
const largestEnvelope = 512_000;
const sessionNotCreated = 2_152_991_674;
const versionMissing = 2_152_991_687;
const versionMismatch = 2_152_991_685;
const alreadyExists = 183;

/** All shells of one endpoint, and who may do what with which. */
export class ShellHost {
  readonly #options: ShellHostOptions;
  readonly #shells = new Map<string, Shell>();
  #processId = 4_000;

  constructor(options: ShellHostOptions) {
    this.#options = options;
  }

  get shells(): readonly Shell[] {
    return [...this.#shells.values()];
  }

  close(): void {
    for (const shell of this.#shells.values()) shell.close();
    this.#shells.clear();
  }

  async handle(headers: RequestHeaders, body: RequestBody, from: WinrmServerRequest): Promise<ShellAnswer> {
    this.#sweep();
    if (!this.#offers(headers.resourceUri))
      return refuse(faultCodes.noSuchConfiguration, { text: notInCatalog(headers.resourceUri) });
    switch (body.type) {
      case "create":
        return this.#create(headers, body, from);
      case "enumerateShells":
        return this.#list({ of: "shells", from: 0, shellId: null }, from.account, body);
      case "enumerateCommands":
        return this.#list({ of: "commands", from: 0, shellId: body.shellId }, from.account, body);
      case "getConfiguration":
        return refuse(faultCodes.accessDenied);
      case "pull": {
        const place = readPlace(body.enumerationContext);
        return place === null ? refuse(faultCodes.invalidParameter) : this.#list(place, from.account, body);
      }
      default:
        return this.#inShell(headers, body, from);
    }
  }

  /** The configuration, in any case of letters, and what shells, commands and settings are called. */
  #offers(resourceUri: string): boolean {
    const configuration = `${powershellNamespace}/${this.#options.configuration}`;
    const offered = [configuration, namespaces.rsp, commandResource, configNamespace];
    return offered.some((name) => name.toLowerCase() === resourceUri.toLowerCase());
  }

  #list(
    place: ListingPlace,
    account: string,
    { type, mostItems }: RequestBody & { readonly mostItems: number | null },
  ): ShellAnswer {
    const isPulled = type === "pull";
    if (place.of === "shells") {
      const { items, context } = partOf(this.#of(account), place, mostItems);
      const shells = items.map((shell) => shell.describe());
      return answer({ type: "shells", shells, part: { context, isPulled } });
    }
    const running = this.#find(place.shellId, account)?.running ?? [];
    const { items, context } = partOf(running, place, mostItems);
    return answer({ type: "commands", commandIds: items, part: { context, isPulled } });
  }

  #sweep(): void {
    for (const [shellId, shell] of this.#shells) if (shell.expired) this.#remove(shellId, shell);
  }

  #remove(shellId: string, shell: Shell): void {
    this.#shells.delete(shellId);
    shell.close();
  }

  #of(account: string): readonly Shell[] {
    return this.shells.filter((shell) => shell.facts.owner === account);
  }

  /** Somebody else's shell is not there. Ids are compared as text, case and all. */
  #find(shellId: string | null, account: string): Shell | null {
    const shell = shellId === null ? undefined : this.#shells.get(shellId);
    return shell?.facts.owner === account ? shell : null;
  }

  #create(
    headers: RequestHeaders,
    body: RequestBody & { readonly type: "create" },
    from: WinrmServerRequest,
  ): ShellAnswer {
    const refused = this.#refusal(headers);
    if (refused !== null) return refused;
    if (body.creationXml === null) return refuse(faultCodes.schemaValidation);
    const shellId = body.shellId ?? this.#options.newId().toUpperCase();
    if (this.#shells.has(shellId))
      return refuse(alreadyExists, {
        role: "Sender",
        subcode: "AlreadyExists",
        text: "A shell of that id exists. ",
      });
    if (this.#of(from.account).length >= this.#options.quotas.shellsPerUser)
      return refuse(faultCodes.tooManyShells);
    const facts = {
      shellId,
      name: body.name,
      resourceUri: headers.resourceUri,
      owner: from.account,
      clientIp: from.clientAddress,
      processId: (this.#processId += 4),
      idleTimeoutMs: body.idleTimeoutMs ?? usualIdle,
    };
    const shell = new Shell(facts, this.#options);
    if (!shell.begin(body.creationXml)) return refuse(sessionNotCreated);
    this.#shells.set(shellId, shell);
    return answer({ type: "created", address: headers.to, shell: shell.describe() });
  }

  #refusal(headers: RequestHeaders): ShellAnswer | null {
    const wanted = `${powershellNamespace}/${this.#options.configuration}`;
    if (headers.resourceUri.toLowerCase() !== wanted.toLowerCase())
      return refuse(faultCodes.noSuchConfiguration, { text: notInCatalog(headers.resourceUri) });
    const version = headers.options.get("protocolversion");
    if (version === undefined) return refuse(versionMissing);
    return version.startsWith("2.") ? null : refuse(versionMismatch);
  }

  async #inShell(headers: RequestHeaders, body: RequestBody, from: WinrmServerRequest): Promise<ShellAnswer> {
    const shell = this.#find(headers.selectors.get("ShellId") ?? null, from.account);
    if (shell === null) return gone();
    // Looking at a shell, or ending it, does not count as its use.
    if (body.type === "getShell") return answer({ type: "shell", shell: shell.describe() });
    if (body.type === "delete") {
      this.#remove(shell.facts.shellId, shell);
      return answer({ type: "empty" });
    }
    return shell.use(() => act(shell, headers, body, from));
  }
}

function act(
  shell: Shell,
  headers: RequestHeaders,
  body: RequestBody,
  from: WinrmServerRequest,
): ShellAnswer | Promise<ShellAnswer> {
  switch (body.type) {
    case "command":
      // Without Arguments it is the command line of a text shell.
      return body.commandId === null || body.bytes === null || body.bytes.length === 0
        ? refuse(faultCodes.schemaValidation)
        : shell.command(body.commandId, body.bytes, headers.dataLocale);
    case "receive":
      return shell.receive(body.commandId, {
        timeoutMs: headers.operationTimeoutMs ?? usualTimeout,
        envelopeBytes: Math.min(headers.maxEnvelopeSize ?? smallEnvelope, largestEnvelope),
        signal: from.signal,
      });
    case "send":
      return shell.send(body.streams);
    case "signal":
      return shell.signal(body.commandId, body.code);
    case "disconnect":
      return shell.disconnect(body.idleTimeoutMs);
    case "reconnect":
      return shell.reconnect(body.commandId);
    case "connect":
      if (body.commandId !== null) return shell.joinCommand(body.commandId);
      return body.connectXml === null ? cannotConnect() : shell.connect(body.connectXml);
    default:
      return refuse(faultCodes.invalidAction);
  }
}

const notInCatalog = (resourceUri: string): string =>
  `The resource URI (${resourceUri}) was not found in the WS-Management catalog. The catalog contains the metadata that describes resources, or logical endpoints.`;
