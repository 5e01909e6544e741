import type { PublishedTerms } from "./publishedTerms.ts";

/** To the letter as published, with its missing full stop and double spaces: never tidy it. */
export const azureStackHubTerms: PublishedTerms = {
  product: "Azure Stack Hub",
  source: "Azure Stack Hub operator documentation, remote support, 07/27/2023",
  text: [
    'By approving this request, the Microsoft support organization or the Azure engineering team supporting this feature ("Microsoft Support Engineer") will be given direct access to your device for troubleshooting purposes and/or resolving the technical issue described in the Microsoft support case.',
    "During a remote support session, a Microsoft Support Engineer may need to collect logs. By enabling remote support, you have agreed to a diagnostic logs collection by Microsoft Support Engineer to address a support case You also acknowledge and consent to the upload and retention of those logs in an Azure storage account managed and controlled by Microsoft.  These logs may be accessed by Microsoft in the context of a support case and to improve the health of Azure Stack Hub.",
    "The data will be used only to troubleshoot failures that are subject to a support ticket, and will not be used for marketing, advertising, or any other commercial purposes without your consent. The data may be retained for up to ninety (90) days and will be handled following our standard privacy practices.",
    "Any data previously collected with your consent will not be affected by the revocation of your permission.",
  ].join("\n\n"),
};
