// Marks the step that is in view in the line of steps.

for (const arc of document.querySelectorAll(".arc")) {
  const links = new Map(
    [...arc.querySelectorAll("a")].map((link) => [link.getAttribute("href").slice(1), link]),
  );
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) links.get(target.id).setAttribute("aria-current", "step");
        else links.get(target.id).removeAttribute("aria-current");
      }
    },
    // A line at two fifths of the window's height: the step that crosses it is the current one.
    { rootMargin: "-40% 0px -60% 0px" },
  );
  for (const id of links.keys()) seen.observe(document.getElementById(id));
}
