// The lab's frames in a book's page: each has the height that it tells, and the page's theme.
(() => {
  const frames = () => [...document.querySelectorAll("iframe.fleet-lab")];
  // Quarto marks its dark theme on the body.
  const theme = () => (document.body.classList.contains("quarto-dark") ? "dark" : "light");
  const themed = () => document.body.matches(".quarto-dark, .quarto-light");

  function send(frame) {
    if (!themed()) return; // a book with one theme: the lab follows the reader's system
    frame.contentWindow.postMessage({ source: "fleet-lab-host", version: 1, type: "theme", theme: theme() }, "*");
  }

  addEventListener("message", ({ source, data }) => {
    const frame = frames().find((each) => each.contentWindow === source);
    if (!frame || data?.source !== "fleet-lab" || data.version !== 1) return;
    if (data.type === "resize" && Number.isFinite(data.height)) {
      frame.style.height = `${Math.min(Math.max(data.height, 200), 20_000)}px`;
    }
    if (data.type === "resize" || data.type === "ready") send(frame);
  });
  new MutationObserver(() => frames().forEach(send)).observe(document.body, { attributeFilter: ["class"] });
})();
