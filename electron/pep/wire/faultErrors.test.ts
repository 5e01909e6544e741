import { expect, test } from "vitest";
import { faultError } from "./faultErrors.ts";

const place = "AZS-ERCS01 (10.0.0.4:5985)";
const fault = (code: number) => ({
  code,
  role: "Receiver",
  subcode: "w:InternalError",
  text: "words of the endpoint",
  provider: null,
  faultDetail: "",
});

/* Every code that Windows and PowerShell name for WS-Management, with what it has to say to a person. */
const table: readonly (readonly [codes: readonly number[], code: string, says: RegExp])[] = [
  [[5], "forbidden", /signed you in, but this account may not use this configuration/],
  [[995], "conversationLost", /ended the conversation while we waited.*may or may not be done/],
  [[14], "quota", /out of memory/],
  [[1115], "unreachable", /shutting down/],
  [[87], "badAnswer", /form of our request.*report/],
  [[2_147_942_402], "badAnswer", /plug-in that is not installed right/],
  [[2_150_858_752, 2_150_858_753], "badAnswer", /does not offer the operation/],
  [[2_150_858_754, 2_150_858_797], "noConfiguration", /name of the session configuration/],
  [[2_150_858_757], "badAnswer", /misconfigured/],
  [
    [2_150_858_767, 2_150_858_768, 2_150_858_881, 2_150_858_887, 2_150_858_817, 2_150_858_819],
    "badAnswer",
    /form of our request.*report/,
  ],
  [[2_150_858_770, 2_150_859_026, 2_150_859_027], "unreachable", /no WinRM service/],
  [[2_150_858_790, 2_150_858_824, 2_150_858_825], "quota", /too large.*less at a time/],
  [[2_150_858_793], "timedOut", /still working/],
  [[2_150_858_806], "signInRefused", /refused the sign-in/],
  [[2_150_858_811], "noConfiguration", /no session configuration of that name/],
  [[2_150_858_815], "quota", /one of its limits/],
  [[2_150_858_833], "badAnswer", /our version of the PowerShell protocol/],
  [[2_150_858_843], "conversationLost", /no longer has our conversation/],
  [
    [2_150_858_980, 2_150_858_981, 2_150_859_193, 2_150_859_195],
    "badAnswer",
    /only clients know.*stands between/,
  ],
  [[2_150_859_046], "unreachable", /firewall/],
  [[2_150_859_161], "badAnswer", /follow no redirects/],
  [[2_150_859_173, 2_150_859_236, 2_150_859_238], "quota", /too many open conversations.*Close others.*idle/],
  [[2_150_859_237, 2_150_859_179], "quota", /too many people/],
  [[2_150_859_174, 2_150_859_239, 2_150_859_240, 2_150_859_241], "quota", /too much to do at once/],
  [[2_150_859_175], "quota", /throttles this account/],
  [[2_150_859_176], "quota", /throttles everybody/],
  [[2_150_859_180, 2_150_859_229, 2_150_859_235], "forbidden", /remote access switched off/],
  [
    [2_150_859_203, 2_150_859_231, 2_150_859_259, 2_150_859_260, 2_150_859_261],
    "forbidden",
    /own account does not work.*administrator/,
  ],
  [[2_150_859_206, 2_150_859_213, 2_150_859_216, 2_150_859_230], "conversationLost", /in use elsewhere/],
  [
    [
      2_152_990_672, 2_152_990_673, 2_152_991_672, 2_152_991_673, 2_152_991_675, 2_152_991_676, 2_152_991_677,
      2_152_991_678, 2_152_991_679, 2_152_991_680,
    ],
    "conversationLost",
    /lost the PowerShell session/,
  ],
  [[2_152_991_674], "badAnswer", /configuration's own script/],
  [[2_152_991_685, 2_152_991_686, 2_152_991_687], "badAnswer", /our version of the PowerShell protocol/],
  [[2_152_992_672], "badAnswer", /error of its PowerShell.*“words of the endpoint”/],
  [[2_152_992_673, 2_152_992_674, 2_152_992_675], "conversationLost", /could not close or join/],
];

test.each(table.flatMap(([codes, code, says]) => codes.map((number) => [number, code, says] as const)))(
  "fault %i has its sentence, with the endpoint's name and the number",
  (number, code, says) => {
    const error = faultError(fault(number), place);
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) as string });
    expect(error.message).toContain(place);
    expect(error.message).toContain(String(number));
  },
);
