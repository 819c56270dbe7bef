// The reveal opens before the reader's eyes: its bars grow when it comes into view, not before.

export function openInView(section) {
  const reveal = section.querySelector("[data-reveal]");
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (isIntersecting) reveal.setAttribute("data-seen", "");
  });
  seen.observe(reveal);
  section.querySelector("[data-to-reveal]").addEventListener("click", () => {
    reveal.removeAttribute("data-seen");
    section.querySelector("[data-step=reveal]").scrollIntoView({ block: "start" });
    section.querySelector("[data-reveal-sentence]").focus({ preventScroll: true });
    requestAnimationFrame(() => reveal.setAttribute("data-seen", ""));
  });
}
