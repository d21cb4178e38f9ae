/* The parallel view: the page in the other language is fetched when it is asked for, and its blocks stand beside those
   of the same bead. The page's own blocks are moved, not copied, so that their addresses go on working. */
(() => {
  "use strict";
  const BEAD = /^p[0-9]+[a-z]{0,2}$/;
  const MEMORY = "bt-view";
  const PARALLEL = "parallel";

  // A browser may refuse to remember; the view works without.
  const remembered = () => { try { return localStorage.getItem(MEMORY); } catch { return null; } };
  const remember = (view) => { try { localStorage.setItem(MEMORY, view); } catch { /* as above */ } };

  // A block without an id goes on with the bead before it; what stands before the first bead has the key "".
  const byBead = (blocks) => {
    const found = new Map();
    let bead = "";
    for (const block of blocks) {
      if (BEAD.test(block.id)) bead = block.id;
      found.set(bead, [...(found.get(bead) ?? []), block]);
    }
    return found;
  };

  // The order of this page; a bead that only the other language has follows the one that it follows there.
  const order = (mine, theirs) => {
    const beads = [...mine.keys()];
    let before = "";
    for (const bead of theirs.keys()) {
      if (!mine.has(bead)) beads.splice(beads.indexOf(before) + 1, 0, bead);
      before = bead;
    }
    return beads;
  };

  const element = (name, className, ...children) => {
    const made = Object.assign(document.createElement(name), { className });
    made.append(...children);
    return made;
  };

  // A page holds an id once, and an address counts from the page that it was written for.
  const guest = (block, from) => {
    const copy = document.importNode(block, true);
    for (const part of [copy, ...copy.querySelectorAll("[id], [href], [src]")]) {
      part.removeAttribute("id");
      for (const name of ["href", "src"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, new URL(part.getAttribute(name), from).href);
      }
    }
    return copy;
  };

  const counterparts = new Map();
  const counterpart = (address) => {
    if (!counterparts.has(address)) {
      const asked = fetch(address).then(async (answer) => {
        if (!answer.ok) throw new Error(`${answer.status} ${address}`);
        return new DOMParser().parseFromString(await answer.text(), "text/html");
      });
      asked.catch(() => counterparts.delete(address)); // the next attempt asks again
      counterparts.set(address, asked);
    }
    return counterparts.get(address);
  };

  // Whoever changes the view in the middle of a page goes on reading at the same block.
  const inPlace = (blocks, change) => {
    const reading = scrollY > 0 && blocks.find((block) => block.getBoundingClientRect().bottom > 80);
    const top = reading && reading.getBoundingClientRect().top;
    change();
    if (reading) scrollBy({ top: reading.getBoundingClientRect().top - top, behavior: "instant" });
  };

  const setUp = () => {
    const button = document.querySelector("[data-bt-parallel]");
    if (!button) return;
    const text = document.querySelector(".bt-text");
    const head = document.querySelector(".bt-head");
    const said = document.querySelector(".bt-view__status");
    const toOther = document.querySelector("[data-bt-switch]");
    const address = new URL(button.dataset.btParallel, document.baseURI).href;
    const { other, none, noneHere, failed } = button.dataset;
    const blocks = [...text.children];
    const guests = [];

    const say = (words) => { said.textContent = words; };

    // What stands before the first bead has no counterpart to miss.
    const gap = (bead, words) => bead ? [element("p", "bt-gap", words)] : [];

    const pair = (bead, mine, theirs) => {
      const here = element("div", "bt-cell", ...(mine ?? gap(bead, noneHere)));
      const there = element("div", "bt-cell bt-cell--other", ...(theirs ?? []).map((block) => guest(block, address)));
      if (theirs) there.lang = other;
      else there.append(...gap(bead, none));
      return element("div", "bt-pair", here, there);
    };

    const show = (page) => {
      const mine = byBead(blocks);
      const theirs = byBead(page.querySelector(".bt-text").children);
      const title = page.querySelector(".bt-head h1");
      text.replaceChildren(...order(mine, theirs).map((bead) => pair(bead, mine.get(bead), theirs.get(bead))));
      if (title && head) {
        guests.push(Object.assign(element("p", "bt-head__other", title.textContent), { lang: other }));
        head.append(...guests); // last, so that nothing that is seen moves down
      }
    };

    const hide = () => {
      text.replaceChildren(...blocks);
      guests.splice(0).forEach((block) => block.remove());
    };

    const mark = (on) => {
      button.setAttribute("aria-pressed", String(on));
      document.documentElement.classList.toggle("bt-parallel", on);
      const here = new URL(location.href);
      if (on) here.searchParams.set("view", PARALLEL);
      else here.searchParams.delete("view");
      history.replaceState(history.state, "", here);
      if (toOther) toOther.search = here.search;
    };

    const turn = async (on) => {
      say("");
      try {
        const page = on && await counterpart(address);
        inPlace(blocks, () => {
          if (on) show(page);
          else hide();
          mark(on);
        });
      } catch {
        say(failed);
      }
      document.documentElement.removeAttribute("data-bt-waits");
    };

    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      remember(on ? PARALLEL : "single");
      turn(on);
    });
    const asked = new URLSearchParams(location.search).get("view") ?? remembered();
    if (asked === PARALLEL) {
      // What follows the head is not seen until it stands in its place: nothing jumps.
      document.documentElement.setAttribute("data-bt-waits", "");
      turn(true);
    }
  };

  // Where the theme changes pages without loading them, each new page is set up again.
  if (window.document$) window.document$.subscribe(setUp);
  else setUp();
})();
