addEventListener("message", ({ source, data }) => {
  const frames = [...document.querySelectorAll("iframe.fleet-lab")];
  const frame = frames.find((each) => each.contentWindow === source);
  if (!frame || data?.source !== "fleet-lab" || data.type !== "resize") return;
  const height = Number.isFinite(data.height) ? data.height : 0;
  frame.style.height = `${Math.min(Math.max(height, 200), 20_000)}px`;
});
