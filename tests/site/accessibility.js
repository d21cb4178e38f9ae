/* What the tests of accessibility ask a page; evaluated there, since the site's policy lets no script in. */
globalThis.asked = (() => {
  "use strict";
  const INTERACTIVE = "a[href], button, input, summary, select, textarea, [tabindex]";
  const name = (part) => part.cloneNode(true).outerHTML.slice(0, 140);
  const shown = (part) => !part.hidden && part.checkVisibility({ visibilityProperty: true });

  const violations = async (runOnly) => {
    const { violations: rules } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    return rules.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  };

  // Of radio buttons with one name the keyboard reaches one, and the arrows the others. The way back to the top is for
  // the mouse: it makes room while the keyboard is in use, whose Home key does the same.
  const reachable = () => [...document.querySelectorAll(INTERACTIVE)].filter((part) =>
    part.tabIndex >= 0 && !part.matches(".md-top") && !part.disabled && shown(part) && (part.type !== "radio" || part === document.getElementsByName(part.name)[0]));

  const fromTheTop = () => {
    const start = Object.assign(document.createElement("p"), { tabIndex: -1 });
    document.body.prepend(start);
    start.focus();
    start.remove();
    scrollTo(0, 0);
  };

  const outlined = (part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };

  // The theme's palette is a radio button without size beside its label. The field of the search has no outline: the
  // whole search opens when it has the focus.
  const stop = () => {
    const part = document.activeElement;
    if (!part || part === document.body) return null;
    const box = part.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 ? part : part.nextElementSibling;
    const marked = outlined(seen) || part.matches(".md-search__input") && document.querySelector("#__search").checked;
    const lines = [...seen.getClientRects()];
    const at = lines.map((line) => document.elementFromPoint(
      line.left + line.width / 2, line.top + Math.min(line.height, innerHeight - line.top) / 2));
    const free = at.some((there) => there && (seen.contains(there) || there.contains(seen)));
    return { place: window.places?.indexOf(part), name: name(part), marked, coveredBy: free ? "" : at[0] ? name(at[0]) : "the edge of the window" };
  };

  // The search on a phone lies over the page in a circle that is wider than the window: what counts is where one can go.
  const sideways = () => {
    scrollTo({ left: 9999, behavior: "instant" });
    const { scrollX: far } = globalThis;
    scrollTo({ left: 0, behavior: "instant" });
    return far;
  };

  // Text that nobody can scroll to: beyond the window, or cut off by a box that hides what does not fit.
  const cut = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const part = text.parentElement;
      if (document.querySelector("#__search").checked && !part.closest(".md-search")) continue; // it lies behind
      if (!text.data.trim() || !shown(part) || part.closest(".bt-unseen, script, .md-ellipsis, .md-skip")) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const line of range.getClientRects()) {
        if (line.width < 1) continue;
        let box = part;
        while (box && !/auto|scroll/.test(getComputedStyle(box).overflowX)) {
          const { overflowX, overflowY } = getComputedStyle(box);
          const edge = box.getBoundingClientRect();
          if (/hidden|clip/.test(overflowX) && line.right > edge.right + 1) found.push(text.data.trim());
          if (/hidden|clip/.test(overflowY) && line.bottom > edge.bottom + line.height / 3) found.push(text.data.trim());
          box = box.parentElement;
        }
        if (!box && (line.right > innerWidth + 1 || line.left < -1)) found.push(text.data.trim());
      }
    }
    return [...new Set(found)];
  };

  const style = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  const moving = () => [...document.querySelectorAll("*")].filter((part) => {
    const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(part);
    const long = (times) => times.split(",").some((time) => parseFloat(time) > .02);
    return long(transitionDuration) || animationName !== "none" && long(animationDuration) || scrollBehavior === "smooth";
  }).map(name);

  const number = () => { window.places = reachable(); return window.places.map(name); };

  return { violations, number, fromTheTop, stop, sideways, cut, style, moving };
})();
