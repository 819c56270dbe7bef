
{#- Watches for the page's own script, which can't say that it is missing itself. When it runs it
takes `[data-shell-lost]` out of the page. Once the page tries again on its own; then the reader is asked. A page
does not carry these comments. #}
{
  const PATIENCE_MS = 9_000;
  const FRESHEN_MS = 15_000;
  const RETRY = "#retry";
  const place = () => document.querySelector("[data-shell-lost]");
  const fresh = (address) => fetch(address, { cache: "reload" }).then((answer) => answer.blob());
{#- Past the browser's cache, which may hold the very answer that failed; so may it the page. #}
  const again = async () => {
    const named = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=modulepreload]")];
    const addresses = [location.href.split("#")[0], ...named.map(({ src, href }) => src || href)];
    const patience = new Promise((resolve) => setTimeout(resolve, FRESHEN_MS));
    await Promise.race([Promise.allSettled(addresses.map(fresh)), patience]);
    if (!place()) return;
    const retried = new URL(location.href);
    retried.hash = RETRY;
    history.replaceState(null, "", retried);
    location.reload();
  };
  const say = () => {
    if (!place() || !place().hidden) return;
    document.querySelector("[data-boot]").hidden = true;
    place().hidden = false;
    place().querySelector("button").addEventListener("click", again);
  };
  const failed = () => {
    say();
    if (location.hash !== RETRY) again();
  };
  const whenParsed = (act) =>
    document.readyState === "loading" ? addEventListener("DOMContentLoaded", act) : act();
  addEventListener("error", ({ target }) => /\/shell\.js$/.test(target?.src) && whenParsed(failed), true);
  setTimeout(() => whenParsed(say), PATIENCE_MS);
}
