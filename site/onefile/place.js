// Puts one page of the one-file lab on show. The document carries every page and file of the site
// in `<script data-file>`; the query says which page, as `?track=edge` or `?page=docs/offline/`.
// It runs while the document still loads, so that a page can be read before Python has come.
{
  const START = "./";
  const { elsewhere } = document.currentScript.dataset; // what is said of a page that isn't carried
  const here = new URL("./", location.href).href;
  const self = new URL(location.href).pathname;
  const carrier = (file) => document.querySelector(`script[data-file="${CSS.escape(file)}"]`);
  const data = ({ dataset, textContent }) => `data:${dataset.type};base64,${textContent}`;

  function textOf(element) {
    const bytes = Uint8Array.from(atob(element.textContent), (each) => each.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  }

  const queries = new Map(
    [...document.querySelectorAll("script[data-query]")].map(({ dataset }) => [
      dataset.file,
      dataset.query,
    ]),
  );
  const { searchParams } = new URL(location.href);
  const asked = searchParams.get("page") ?? `${searchParams.get("track")}/`;
  const shown = queries.has(asked) ? asked : START;
  const page = new DOMParser().parseFromString(textOf(carrier(shown)), "text/html");
  const fileOf = (address) => address?.replace(/^\.\//, "") ?? "";

  // A link to a page of the site becomes one to this document; one to what is not carried, words.
  function rewrite(link) {
    const address = link.getAttribute("href");
    if (address.startsWith("#") || /^[a-z]+:/i.test(address)) return;
    const target = new URL(address, here);
    const path = target.href.slice(here.length).split(/[?#]/)[0].replace(/(^|\/)index\.html$/, "$1");
    const own = address.startsWith("?") || target.pathname === self;
    const query = queries.get(own ? shown : path || START);
    if (query === undefined) {
      link.removeAttribute("href");
      link.append(` ${elsewhere}`);
      return;
    }
    const all = new URLSearchParams([...new URLSearchParams(query), ...target.searchParams]);
    link.setAttribute("href", `?${all}${target.hash}`);
  }

  function bringSheet(link) {
    const style = document.createElement("style");
    const carried = carrier(fileOf(link.getAttribute("href")));
    if (!carried) return;
    style.textContent = textOf(carried);
    if (link.media) style.media = link.media;
    document.head.append(style);
  }

  function bringStyle(style) {
    const embedded = (match, address) => {
      const carried = carrier(fileOf(address));
      return carried ? `url("${data(carried)}")` : match;
    };
    style.textContent = style.textContent.replace(/url\("([^"]+)"\)/g, embedded);
    document.head.append(document.adoptNode(style));
  }

  function bringIcon(link) {
    const carried = carrier(fileOf(link.getAttribute("href")));
    if (carried) link.href = data(carried);
    document.head.append(document.adoptNode(link));
  }

  // The page's own modules, bundled; each runs once the whole document is there.
  function run(script) {
    const made = document.createElement("script");
    made.type = "module";
    made.textContent = textOf(carrier(fileOf(script.getAttribute("src"))));
    document.head.append(made);
  }

  for (const { name, value } of page.documentElement.attributes) {
    document.documentElement.setAttribute(name, value);
  }
  document.title = page.title;
  for (const element of page.head.querySelectorAll("link[rel=stylesheet], style, link[rel=icon]")) {
    if (element.localName === "style") bringStyle(element);
    else if (element.rel === "icon") bringIcon(element);
    else bringSheet(element);
  }
  for (const element of page.querySelectorAll('script[type="application/json"]')) {
    document.head.append(document.adoptNode(element));
  }
  const modules = [...page.querySelectorAll('script[type="module"][src]')];
  for (const script of page.body.querySelectorAll("script")) script.remove();
  for (const link of page.querySelectorAll("a[href]")) rewrite(link);
  for (const image of page.querySelectorAll("img[src]")) {
    const carried = carrier(fileOf(image.getAttribute("src")));
    if (carried) image.src = data(carried);
  }
  for (const { name, value } of page.body.attributes) document.body.setAttribute(name, value);
  document.currentScript.before(...page.body.childNodes);
  document.addEventListener("DOMContentLoaded", () => modules.forEach(run));
}
