/* Marks of the glossary: the hint of a term, and the switch that takes the marks away. Without scripts a mark is a link
   to its entry, with the browser's own hint. */
(() => {
  "use strict";
  const KEY = "bt-terms"; // "off", or nothing
  const TERM = ".bt-term";
  const hint = document.createElement("div");
  hint.id = "bt-hint";
  hint.className = "bt-hint";
  hint.setAttribute("role", "tooltip");
  hint.hidden = true;
  document.body.append(hint);

  // Some browsers refuse storage to pages opened from a folder.
  const stored = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const store = (on) => { try { on ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, "off"); } catch { /* for this page only */ } };

  // ---- Hints --------------------------------------------------------------------------------------------------------
  let shown = null;
  let leaving = 0;

  const hide = () => {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    hint.hidden = true;
    shown = null;
  };

  // Below the word's last line, or above its first one where the window ends; never outside of the window.
  const put = (term) => {
    const lines = term.getClientRects();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const { offsetWidth: width, offsetHeight: height } = hint;
    const above = last.bottom + height + 8 > innerHeight && first.top > height + 8;
    const line = above ? first : last;
    const left = Math.max(8, Math.min(line.left, document.documentElement.clientWidth - width - 8));
    hint.style.left = `${left + scrollX}px`;
    hint.style.top = `${(above ? line.top - height - 6 : line.bottom + 6) + scrollY}px`;
  };

  const show = (term) => {
    clearTimeout(leaving);
    if (term === shown || !term.hasAttribute("href")) return;
    hide();
    if (term.title) [term.dataset.hint, term.title] = [term.title, ""]; // the browser's own would come on top of ours
    term.removeAttribute("title");
    hint.textContent = term.dataset.hint;
    hint.lang = term.closest("[lang]").lang.startsWith("zh") ? "en" : "zh";
    hint.hidden = false;
    term.setAttribute("aria-describedby", hint.id);
    put(term);
    shown = term;
  };

  const at = (event) => (event.target instanceof Element ? event.target.closest(TERM) : null);
  document.addEventListener("pointerover", (event) => {
    const term = at(event);
    if (event.pointerType === "touch") return;
    if (term) show(term);
    else if (hint.contains(event.target)) clearTimeout(leaving);
    else if (shown && shown !== document.activeElement) { clearTimeout(leaving); leaving = setTimeout(hide, 150); }
  });
  document.addEventListener("focusin", (event) => (at(event) ? at(event).matches(":focus-visible") && show(at(event)) : hide()));
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("resize", hide);

  // A finger cannot hover: the first tap shows the hint, the second follows the link.
  let finger = false;
  document.addEventListener("pointerdown", (event) => { finger = event.pointerType === "touch"; }, true);
  document.addEventListener("click", (event) => {
    const term = at(event);
    if (!finger) return;
    if (!term) hide();
    else if (term !== shown && term.hasAttribute("href")) { event.preventDefault(); show(term); }
  });

  // ---- The switch -----------------------------------------------------------------------------------------------------
  // A mark without an address is plain text: no tab stop, nothing to announce, nothing to see.
  const strip = (term) => { if (term.hasAttribute("href")) [term.dataset.href, term.dataset.hint] = [term.getAttribute("href"), term.dataset.hint ?? term.title]; term.removeAttribute("href"); term.removeAttribute("title"); };
  const restore = (term) => term.dataset.href && term.setAttribute("href", term.dataset.href);
  const apply = () => document.querySelectorAll(TERM).forEach(off ? strip : restore);
  let off = stored() === "off";
  // The parallel view brings paragraphs later.
  new MutationObserver(() => off && apply()).observe(document.body, { childList: true, subtree: true });

  const boxes = document.querySelectorAll("[data-bt-terms]");
  const set = (value) => {
    off = value;
    hide();
    apply();
    boxes.forEach((box) => { box.checked = !off; box.closest("[hidden]")?.removeAttribute("hidden"); });
  };
  boxes.forEach((box) => box.addEventListener("change", () => { store(box.checked); set(!box.checked); }));
  addEventListener("storage", (event) => event.key === KEY && set(event.newValue === "off"));
  addEventListener("pageshow", (event) => event.persisted && set(stored() === "off"));
  set(off);
})();

/* The page of the glossary: a filter, and a language switch that leads to the entry being read. */
(() => {
  "use strict";
  const input = document.getElementById("bt-filter");
  if (!input) return;
  const status = input.parentNode.querySelector("[role=status]");
  const sections = [...document.querySelectorAll(".bt-glossary")];
  const entries = [...document.querySelectorAll(".bt-glossary li")].map((item) => [item, item.textContent.toLowerCase()]);

  const filter = () => {
    const wanted = input.value.trim().toLowerCase();
    for (const [item, text] of entries) item.hidden = !text.includes(wanted);
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    status.textContent = wanted ? input.dataset.count.replace("{}", entries.filter(([item]) => !item.hidden).length) : "";
  };
  input.addEventListener("input", filter);
  input.parentNode.hidden = false;
  if (input.value) filter();

  // An address may name an entry that the filter has put away.
  addEventListener("hashchange", () => {
    const entry = document.getElementById(location.hash.slice(1));
    if (entry?.closest("[hidden]")) { input.value = ""; filter(); entry.scrollIntoView(); }
  });

  const aim = (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-bt-switch]");
    if (link) link.hash = location.hash;
  };
  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, aim, true);
})();
