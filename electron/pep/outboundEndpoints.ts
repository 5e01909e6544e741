/** What a stamp must reach for remote support, HTTPS 443 from its Public VIP network (published for Azure Stack Hub). */
export const outboundEndpoints: readonly string[] = [
  "*.servicebus.windows.net",
  "edgesupprd.trafficmanager.net",
  "edgesupprdwestusfrontend.westus2.cloudapp.azure.com",
  "edgesupprdwesteufrontend.westeurope.cloudapp.azure.com",
  "edgesupprdeastusfrontend.eastus.cloudapp.azure.com",
  "edgesupprdwestcufrontend.westcentralus.cloudapp.azure.com",
  "edgesupprdasiasefrontend.southeastasia.cloudapp.azure.com",
];
