// A plot is a picture with a name, a sentence and a table beside it; Bokeh makes each of its
// canvases a stop of the Tab key, nameless and with nothing to do there.

function* within(root) {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* within(element.shadowRoot);
  }
}

export function quietFigures(section) {
  for (const slot of section.querySelectorAll("[data-slot=instrument]")) {
    for (const element of within(slot)) if (element.tabIndex >= 0) element.tabIndex = -1;
  }
}
