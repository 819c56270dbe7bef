// A formula arrives as MathML text. It is read where nothing can load or run, and only plain MathML
// comes through.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const ATTRIBUTES = ["display", "width"];

const plain = (element) =>
  element.namespaceURI === MATHML &&
  [...element.attributes].every(({ name }) => ATTRIBUTES.includes(name));

export function formula(mathml) {
  const { body } = new DOMParser().parseFromString(mathml, "text/html");
  const math = body.children.length === 1 ? body.firstElementChild : null;
  if (math?.localName === "math" && [math, ...math.querySelectorAll("*")].every(plain)) return math;
  return document.createTextNode(mathml);
}
