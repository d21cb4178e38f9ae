/* Small mends, each on its own; without scripts the site still reads and the switch leads to the same page. */

/* The language switch leads to the paragraph being read: the id of the topmost visible bead goes into its address. */
(() => {
  "use strict";
  const BEAD = /^p[0-9]+[a-z]{0,2}$/;
  const TOP = 8; // pixels: whoever is at the very top of a page arrives at the very top of the other
  let landed = { id: "", y: 0 };

  const beads = () => [...document.querySelectorAll(".bt-text [id]")].filter((block) => BEAD.test(block.id));
  const number = (id) => parseInt(id.slice(1), 10);

  // A bead without counterpart: the one before it is the nearest that this page has.
  const nearest = (id) => beads().filter((block) => number(block.id) <= number(id)).at(-1);

  // A bead near the end of a page cannot rise to the top, and one without counterpart leads to its neighbour. Who goes
  // back without scrolling goes back to where they came from; otherwise every switch would drift a little upwards.
  const arrived = () => {
    const id = location.hash.slice(1);
    if (BEAD.test(id) && !document.getElementById(id)) nearest(id)?.scrollIntoView();
    landed = { id: BEAD.test(id) ? id : "", y: scrollY };
  };

  // Where the browser stops when it scrolls to a bead: below the header.
  const below = (block) => block.getBoundingClientRect().top > (parseFloat(getComputedStyle(block).scrollMarginTop) || 0) + 1;

  // A bead ends where the next one begins: blocks without an id go on with the bead before them.
  const current = () => {
    if (landed.id && Math.abs(scrollY - landed.y) < 2) return landed.id;
    if (scrollY < TOP) return "";
    const all = beads();
    const next = all.findIndex(below);
    const bead = next === -1 ? all.at(-1) : all[next - 1];
    return bead ? bead.id : "";
  };

  const aim = (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-bt-switch]");
    if (link) link.hash = current();
  };

  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, aim, true);
  addEventListener("load", () => requestAnimationFrame(arrived));
  addEventListener("hashchange", () => requestAnimationFrame(arrived));
  addEventListener("pageshow", (event) => event.persisted && arrived());
})();

/* The page for lost addresses speaks both languages; the one of the address comes first. */
(() => {
  "use strict";
  const lost = document.querySelector(".bt-lost[lang=en]");
  if (lost && location.pathname.startsWith(new URL("en/", __md_scope).pathname)) lost.parentNode.prepend(lost);
  for (const each of document.querySelectorAll(".bt-lost")) each.classList.add("bt-lost--placed");
})();

/* The theme puts the tags of every search result into a landmark without a name. */
(() => {
  "use strict";
  const results = document.querySelector(".md-search-result__list");
  const plain = () => results.querySelectorAll("nav.md-tags:not([role])").forEach((tags) => tags.setAttribute("role", "presentation"));
  if (results) new MutationObserver(plain).observe(results, { childList: true, subtree: true });
})();
