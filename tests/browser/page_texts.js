// What a reader sees: texts of the page and of its figures, and where they have no room.
() => {
  const seen = (element) => {
    // What a closed disclosure holds has a box, but is not on show.
    const shown = element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true });
    const box = element.getBoundingClientRect();
    return shown && box.width > 1 && box.height > 1;
  };
  const sticks = (element) => {
    const around = (each) => each.parentElement ?? each.getRootNode().host;
    for (let each = element; each instanceof Element; each = around(each)) {
      if (["sticky", "fixed"].includes(getComputedStyle(each).position)) return true;
    }
    return false;
  };
  const texts = new Set();
  const boxes = [];
  const clipped = [];
  const skip = "script, style, noscript, svg title, math, code, pre, select, [data-docs]";
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (element.matches(skip) || element.closest?.(skip)) continue;
      for (const name of ["aria-label", "title", "placeholder"]) {
        const said = element.getAttribute?.(name);
        if (said && seen(element)) texts.add(said);
      }
      const own = [...element.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE);
      const text = own.map((each) => each.data).join(" ").trim();
      if (!text || !seen(element)) continue;
      // A paragraph in several elements is one text.
      const whole = element.closest("p, li, dt, dd, th, td, h1, h2, h3, h4, h5, h6, button, label, summary, figcaption, caption, legend") ?? element;
      const copy = whole.cloneNode(true);
      for (const each of copy.querySelectorAll?.(skip) ?? []) each.remove();
      texts.add(copy.textContent.trim().replace(/\s+/g, " "));
      const style = getComputedStyle(element);
      const cut = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
      if (cut && style.overflowX !== "auto" && style.overflowX !== "scroll" && !element.closest(".unseen, .skip")) {
        clipped.push(text.slice(0, 80));
      }
      const range = document.createRange();
      range.selectNodeContents(element);
      // What sticks to the window's edge lies over the page by design.
      if (!element.closest("svg, .unseen, .skip, [data-slot]") && !sticks(element)) {
        for (const box of range.getClientRects()) boxes.push({ element, box, text });
      }
    }
  };
  walk(document);
  const overlapping = [];
  for (let i = 0; i < boxes.length; i += 1) {
    for (let j = i + 1; j < boxes.length; j += 1) {
      const [one, other] = [boxes[i], boxes[j]];
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > 3 && high > 5) overlapping.push(`${one.text.slice(0, 40)} | ${other.text.slice(0, 40)}`);
    }
  }
  // The figures are canvas: their words stand in Bokeh's models.
  for (const doc of globalThis.Bokeh?.documents ?? []) {
    for (const model of doc._all_models?.values() ?? []) {
      for (const name of ["text", "axis_label"]) {
        const said = model.attributes?.[name] ?? (name in model ? model[name] : null);
        if (typeof said === "string" && said) texts.add(said);
      }
      const overrides = model.major_label_overrides;
      if (overrides instanceof Map) for (const said of overrides.values()) if (typeof said === "string") texts.add(said);
      const column = model.data?.get?.("text") ?? model.data?.text;
      if (Array.isArray(column)) for (const said of column) if (typeof said === "string" && said) texts.add(said);
    }
  }
  return { texts: [...texts], clipped, overlapping: overlapping.slice(0, 20) };
}
