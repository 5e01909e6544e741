import type { PublishedTerms } from "./publishedTerms.ts";

/** To the letter as published, with its missing full stop and double spaces: never tidy it. */
export const arcWindowsServerTerms: PublishedTerms = {
  product: "Arc-enabled Windows servers",
  source: "Remote support for Arc-enabled Windows servers (preview), 10/30/2024",
  text: [
    '1. By approving this request, you are granting the Microsoft support organization or the Azure engineering team supporting this feature ("Microsoft Support Engineer") direct access to your device for the purpose of troubleshooting and/or resolving the technical issue described in the Microsoft support case.',
    "2. During a remote support session, a Microsoft Support Engineer may need to collect logs. By enabling remote support, you agree to allow a Microsoft Support Engineer to collect diagnostics logs to address a support case. You also acknowledge and consent to the upload and retention of those logs in an Azure storage account managed and controlled by Microsoft. These logs may be accessed by Microsoft for the purposes of a support case and to improve the health of Azure Stack HCI.",
    "3. The data collected will only be used to troubleshoot failures that are subject to a support ticket and will not be used for marketing, advertising, or any other commercial purposes without your consent. Data retention is held up ninety (90) days and will be handled in accordance with our standard privacy practices.",
    "4. Revoking your permission will not affect any data previously collected with your consent.",
  ].join("\n\n"),
};
