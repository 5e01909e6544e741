/**
 * What the vendor's channel needs outbound from an Azure Stack Hub (published list, row "Remote support"): blocked at the
 * firewall, nobody gets in whatever a stamp believes. All HTTPS, TCP 443, from the public VIP network.
 */
export const addressesToBlock: readonly string[] = [
  "*.servicebus.windows.net",
  "https://edgesupprd.trafficmanager.net",
  "https://edgesupprdwestusfrontend.westus2.cloudapp.azure.com",
  "https://edgesupprdwesteufrontend.westeurope.cloudapp.azure.com",
  "https://edgesupprdeastusfrontend.eastus.cloudapp.azure.com",
  "https://edgesupprdwestcufrontend.westcentralus.cloudapp.azure.com",
  "https://edgesupprdasiasefrontend.southeastasia.cloudapp.azure.com",
];
