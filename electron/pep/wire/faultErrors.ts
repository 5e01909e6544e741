import { ConsoleError } from "#contract";
import type { ErrorCode, Remedy } from "#contract";
import { hideSecrets } from "../records/hideSecrets.ts";
import { faultCodes } from "../../protocol/wsman/wsmanFault.ts";
import type { WsmanFault } from "../../protocol/wsman/wsmanFault.ts";

type Meaning = {
  readonly codes: readonly number[];
  readonly code: ErrorCode;
  /** What happened and what to do, after the endpoint's name. */
  readonly says: string;
  readonly remedy?: Remedy;
};

/** Of this account, by policy, of this plug-in. */
const tooManyShells = [2_150_859_173, 2_150_859_236, 2_150_859_238];

/** What the fault codes of WinRM mean to an operator. Names: Windows SDK, Win32/System/RemoteManagement. */
const meanings: readonly Meaning[] = [
  {
    codes: [5],
    code: "forbidden",
    says: "signed you in, but this account may not use this configuration. Ask for membership in CloudAdmins, then try again.",
  },
  {
    codes: [995],
    code: "conversationLost",
    says: "ended the conversation while we waited. What was asked may or may not be done.",
    remedy: "retry",
  },
  { codes: [14], code: "quota", says: "is out of memory. Try again later.", remedy: "retry" },
  { codes: [1115], code: "unreachable", says: "is shutting down. Try another endpoint.", remedy: "retry" },
  {
    codes: [2_147_942_402],
    code: "badAnswer",
    says: "has a PowerShell plug-in that is not installed right. This is a job for its administrator.",
  },
  {
    codes: [2_150_858_752, 2_150_858_753],
    code: "badAnswer",
    says: "does not offer the operation that we need. Check that the address is that of a privileged endpoint.",
  },
  {
    codes: [2_150_858_754, 2_150_858_797],
    code: "noConfiguration",
    says: "does not take the name of the session configuration. Check its spelling.",
  },
  {
    codes: [2_150_858_757],
    code: "badAnswer",
    says: "has a WinRM that is misconfigured. This is a job for its administrator.",
  },
  {
    codes: [87, 2_150_858_767, 2_150_858_768, 2_150_858_881, 2_150_858_887, 2_150_858_817, 2_150_858_819],
    code: "badAnswer",
    says: "did not like the form of our request. Please report this.",
  },
  {
    codes: [2_150_858_770, 2_150_859_026, 2_150_859_027],
    code: "unreachable",
    says: "has no WinRM service that answers there. Check address and port, or wait until it has started.",
    remedy: "retry",
  },
  {
    codes: [2_150_858_790, 2_150_858_824, 2_150_858_825],
    code: "quota",
    says: "finds our request or its own answer too large. Ask for less at a time.",
  },
  {
    codes: [2_150_858_793],
    code: "timedOut",
    says: "is still working. Wait, then look again.",
    remedy: "retry",
  },
  {
    codes: [2_150_858_806],
    code: "signInRefused",
    says: "refused the sign-in. Check account and password.",
    remedy: "signIn",
  },
  {
    codes: [2_150_858_811],
    code: "noConfiguration",
    says: "has no session configuration of that name. Check its spelling; on a stamp it is PrivilegedEndpoint.",
  },
  {
    codes: [2_150_858_815],
    code: "quota",
    says: "has reached one of its limits. Try again later.",
    remedy: "retry",
  },
  {
    codes: [2_150_858_833, 2_152_991_685, 2_152_991_686, 2_152_991_687],
    code: "badAnswer",
    says: "does not take our version of the PowerShell protocol.",
  },
  {
    codes: [2_150_858_843],
    code: "conversationLost",
    says: "no longer has our conversation. Try again.",
    remedy: "retry",
  },
  {
    codes: [2_150_859_046],
    code: "unreachable",
    says: "does not answer; a firewall may be in the way.",
    remedy: "retry",
  },
  {
    codes: [2_150_859_161],
    code: "badAnswer",
    says: "wants to redirect us. We follow no redirects: check the address.",
  },
  {
    codes: tooManyShells,
    code: "quota",
    says: "has too many open conversations. Close others, or wait until they have been idle long enough.",
    remedy: "retry",
  },
  {
    codes: [2_150_859_237, 2_150_859_179],
    code: "quota",
    says: "is in use by too many people. Try again later.",
    remedy: "retry",
  },
  {
    codes: [2_150_859_174, 2_150_859_239, 2_150_859_240, 2_150_859_241],
    code: "quota",
    says: "has too much to do at once. Try again in a moment.",
    remedy: "retry",
  },
  {
    codes: [2_150_859_175],
    code: "quota",
    says: "throttles this account. Try again later.",
    remedy: "retry",
  },
  {
    codes: [2_150_859_176],
    code: "quota",
    says: "throttles everybody at the moment. Try again later.",
    remedy: "retry",
  },
  {
    codes: [2_150_859_180, 2_150_859_229, 2_150_859_235],
    code: "forbidden",
    says: "has remote access switched off. This is a job for its administrator.",
  },
  {
    codes: [2_150_859_203, 2_150_859_231, 2_150_859_259, 2_150_859_260, 2_150_859_261],
    code: "forbidden",
    says: "has a session configuration whose own account does not work. This is a job for its administrator.",
  },
  {
    codes: [2_150_859_206, 2_150_859_213, 2_150_859_216, 2_150_859_230],
    code: "conversationLost",
    says: "has our conversation in use elsewhere, or it cannot be joined. Try again.",
    remedy: "retry",
  },
  {
    codes: [2_152_991_674],
    code: "badAnswer",
    says: "could not create the session; often its configuration's own script fails. This is a job for its administrator.",
  },
  {
    codes: [
      2_152_990_672, 2_152_990_673, 2_152_991_672, 2_152_991_673, 2_152_991_675, 2_152_991_676, 2_152_991_677,
      2_152_991_678, 2_152_991_679, 2_152_991_680,
    ],
    code: "conversationLost",
    says: "lost the PowerShell session. Try again.",
    remedy: "retry",
  },
  {
    codes: [2_152_992_673, 2_152_992_674, 2_152_992_675],
    code: "conversationLost",
    says: "could not close or join the PowerShell session as we asked. Try again; please report it if it stays.",
    remedy: "retry",
  },
  {
    // Windows clients say these to themselves; a server that sends them is no WinRM that we know.
    codes: [2_150_858_980, 2_150_858_981, 2_150_859_193, 2_150_859_195],
    code: "badAnswer",
    says: "answered with a fault that only clients know, about trust, credentials or its name. Check what stands between here and the endpoint.",
  },
];

const byCode: ReadonlyMap<number, Meaning> = new Map(
  meanings.flatMap((meaning) => meaning.codes.map((code) => [code, meaning] as const)),
);

/** A fault as an operator reads it; a code that we do not know is shown with the endpoint's own words. */
export function faultError(fault: WsmanFault, place: string, found: string | null = null): ConsoleError {
  const meaning = byCode.get(fault.code ?? meantBySubcode(fault.subcode));
  const number = fault.code === null ? "no code" : `code ${fault.code}`;
  if (meaning === undefined) {
    const words = hideSecrets(fault.text.trim()).slice(0, 500);
    // PowerShell on the endpoint failed by an exception of its own; only its words tell what it was.
    const isManaged = fault.code === faultCodes.managedException;
    const says = isManaged ? "reported an error of its PowerShell" : "answered with a fault";
    return new ConsoleError("badAnswer", `${place} ${says} (${number}). Its own words: “${words}”`);
  }
  const besides = found === null ? "" : ` ${found}`;
  return new ConsoleError(meaning.code, `${place} ${meaning.says} (${number})${besides}`, {
    remedy: meaning.remedy ?? "none",
  });
}

/** Faults without a WSManFault are told by their subcode ([DSP0226] 14.6). */
const meantBySubcode = (subcode: string): number =>
  new Map<string, number>([
    ["AccessDenied", faultCodes.accessDenied],
    ["DestinationUnreachable", faultCodes.noSuchConfiguration],
    ["TimedOut", faultCodes.timedOut],
    ["InvalidSelectors", faultCodes.gone],
    ["QuotaLimit", 2_150_858_815],
  ]).get(subcode) ?? -1;

/** The shell is not there (any more): for a Delete that is as good as done. */
export function saysDeleted(fault: WsmanFault): boolean {
  return fault.code === faultCodes.gone;
}

/** The id of a Create is taken (ERROR_ALREADY_EXISTS, also as an HRESULT). */
export function saysExists(fault: WsmanFault): boolean {
  return fault.subcode === "AlreadyExists" || fault.code === 183 || fault.code === 2_147_942_583;
}

export function saysTooManyShells(fault: WsmanFault): boolean {
  return fault.code !== null && tooManyShells.includes(fault.code);
}

/** The shell became disconnected while a Receive waited: it may be joined again. */
export function saysDisconnected(fault: WsmanFault): boolean {
  return fault.code === faultCodes.disconnected;
}

/** Faults that mean: the shell or command is no longer there. */
export function saysGone(fault: WsmanFault): boolean {
  return fault.code === faultCodes.gone || fault.code === faultCodes.aborted || saysDisconnected(fault);
}
