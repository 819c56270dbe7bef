
{#- Before anything else is read: what the address says about the page's looks. These three keys are
read here alone; all other code asks the element's data. A page does not carry these comments. #}
{
  const asked = new URLSearchParams(location.search);
  const root = document.documentElement;
  if (["1", "true"].includes(asked.get("embed"))) root.dataset.embed = "";
  if ("embed" in root.dataset && ["instrument", "workbench", "lock"].includes(asked.get("view"))) {
    root.dataset.view = asked.get("view");
  }
  if (["light", "dark"].includes(asked.get("theme"))) root.dataset.theme = asked.get("theme");
{#- In a frame with an opaque origin, 'self' is nothing to WebKit: there the policy names the
  server instead. The comment that is begun takes in the policy that follows, up to its end. #}
  if (self.origin === "null" && location.protocol.startsWith("http")) {
    const { policy } = document.currentScript.dataset;
    const named = policy.replaceAll("'self'", location.origin);
    document.write(`<meta http-equiv="Content-Security-Policy" content="${named}"><!--`);
  }
}
