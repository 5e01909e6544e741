import { dictionary, psObject } from "../protocol/clixml/build.ts";

/** What a scripted Get-Command prints so that a grant can be asked for. */
export const offeredEnable = psObject({
  adapted: {
    Name: "Enable-RemoteSupport",
    Parameters: dictionary(["AccessLevel", "ExpireInMinutes"].map((name) => [name, name])),
  },
});
