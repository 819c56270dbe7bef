// What the strip of requests and what is felt of it have in common: elements, a canvas as sharp as the
// screen, the page's colours on it, and a point that is a diamond where it is late.

export function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

// Gives the size in CSS pixels, in which the pen then draws.
export function sharpen(canvas, pen) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = height * scale;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  return { width, height };
}

// flow.css says them by properties that a canvas has no other use for.
export function coloursOf(canvas) {
  const style = getComputedStyle(canvas);
  const { color: text, fill: item, stroke: edge, floodColor: bad, stopColor: ground } = style;
  return { text, item, edge, bad, ground, font: style.fontFamily };
}

export function outline(pen, x, y, r, late) {
  pen.beginPath();
  if (late) {
    pen.moveTo(x, y - r);
    for (const [dx, dy] of [[r, 0], [0, r], [-r, 0]]) pen.lineTo(x + dx, y + dy);
    pen.closePath();
  } else pen.arc(x, y, r, 0, 7);
}
