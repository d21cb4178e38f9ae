/* What this search says beside the theme's list: how much was found, a failure, and the way to the other language. */
(() => {
  "use strict";
  const query = document.querySelector(".md-search__input");
  const result = document.querySelector("[data-md-component=search-result]");
  const config = document.getElementById("__config");
  if (!query || !result || !config) return;
  const words = JSON.parse(config.textContent).bitext;
  const meta = result.querySelector(".md-search-result__meta");
  meta.setAttribute("role", "status");

  // The theme waits for a key to be released; pasting and input methods write without one, and what an input method
  // has not yet decided is no question.
  const ask = () => query.dispatchEvent(new KeyboardEvent("keyup"));
  query.addEventListener("input", (event) => event.isComposing || ask());
  query.addEventListener("compositionend", ask);
  query.addEventListener("keyup", (event) => event.isComposing && event.stopImmediatePropagation(), true);

  // The theme goes through links with the arrow keys and, at Enter, to the one with the highest score.
  const other = document.createElement("p");
  other.className = "bt-search-other";
  other.hidden = true;
  const link = Object.assign(document.createElement("a"), { hreflang: words.language });
  link.append(Object.assign(document.createElement("span")));
  link.firstElementChild.dataset.mdScore = "-1";
  other.append(link);
  result.append(other);

  const counterpart = () => document.querySelector("[data-bt-switch]")?.href;
  const aim = () => {
    const asked = query.value.trim(), address = counterpart();
    other.hidden = !asked || !address;
    if (other.hidden) return;
    const url = new URL(address);
    url.hash = "";
    url.search = new URLSearchParams({ q: asked });
    link.href = url.href;
    link.firstElementChild.textContent = words.other.replace("{}", asked);
  };

  const say = ({ items, all, failed }) => {
    if (failed) meta.textContent = words.failed;
    else if (all > items.length) meta.textContent = words.best.replace("{all}", all).replace("{shown}", items.length);
  };

  window.component$?.subscribe((component) => {
    if (component.ref !== result || !component.items) return;
    say(component);
    aim();
  });
})();
