/* Filters of a topic's list, in its address: ?year=2024&tag=railway. A short list has all its rows; a long one asks for
   those of a tag in files of a hundred, and has pages for its years. A list that will be filtered waits unseen: the page
   has put bt-waiting on itself, which is taken off here. */
(() => {
  "use strict";
  const PAGE = 40; // rows that are added at a time
  const FILE = 100; // rows in a file, as hooks/_list_views.py writes them
  const html = document.documentElement;
  const asked = () => {
    const query = new URLSearchParams(location.search);
    return { year: query.get("year") || "", tag: query.get("tag") || "" };
  };
  const active = ({ year, tag }) => Boolean(year || tag);

  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };

  const start = () => {
    const nav = document.querySelector(".bt-filter[data-count]");
    const list = document.querySelector(".bt-list");
    const count = document.querySelector(".bt-listhead__count");
    if (!nav || !list) return html.classList.remove("bt-waiting");
    const { year: fixed = "" } = nav.dataset; // on the page of a year
    const long = "long" in nav.dataset;
    const words = nav.dataset;
    const links = [...nav.querySelectorAll("a")];
    const base = nav.querySelector('[data-year=""]').href.split(/[?#]/)[0];
    const places = new Map(links.map((link) => [link.dataset.year, link.href])); // addresses of years
    const written = [...list.children];
    const all = count.textContent;
    const none = make("p", { hidden: "hidden" }, words.none, " ", make("a", { href: base }, links[0].textContent));
    const more = make("button", { type: "button", class: "bt-more", hidden: "hidden" });
    list.after(none, more);

    // ---- How many there are, which the page knows without the rows ------------------------------------------------
    const numbers = (text = "") => new Map(text.split(" ").filter(Boolean).map((pair) => pair.split(":")).map(([year, number]) => [year, Number(number)]));
    const years = new Map(links.filter((link) => link.dataset.year).map((link) => [link.dataset.year, Number(link.parentElement.querySelector("small").textContent)]));
    const tags = new Map(links.filter((link) => link.dataset.tag).map((link) => [link.dataset.tag, numbers(link.dataset.years)]));
    const names = new Map(links.map((link) => [link.dataset.year, link.textContent]));
    const sum = (found) => [...found.values()].reduce((before, each) => before + each, 0);
    const found = ({ year, tag }) => {
      const counts = tag ? tags.get(tag) ?? new Map() : years;
      return year ? counts.get(year) ?? 0 : sum(counts);
    };
    // Rows of a tag stand in the order of their years: those of newer ones come first.
    const before = ({ year, tag }) => {
      const order = [...(tags.get(tag)?.keys() ?? [])];
      return year ? order.slice(0, Math.max(order.indexOf(year), 0)).reduce((rows, each) => rows + tags.get(tag).get(each), 0) : 0;
    };

    // ---- Rows of a long list ----------------------------------------------------------------------------------------
    const folder = base.replace(/[^/]*$/, "");
    const file = base.slice(folder.length); // where no server completes addresses, they name their file
    const row = ([address, title, lang, iso, date, text, stub]) => {
      const facts = make("p", { class: "bt-row__facts" }, iso ? make("time", { datetime: iso }, date) : make("span", { class: "bt-undated" }, words.undated));
      if (stub) facts.append(" ", make("span", { class: "bt-badge" }, words.stub));
      const link = make("a", { href: folder + address + file }, lang ? make("span", { lang }, title) : title);
      const item = make("li", { class: "bt-row", "data-topic": words.topic }, facts, make("h3", { class: "bt-row__title" }, link));
      if (text) item.append(make("p", { class: "bt-row__text" }, text));
      return item;
    };
    const place = (record) => {
      const year = record[3].slice(0, 4) || "undated";
      let part = [...list.children].find((each) => each.dataset.year === year);
      if (!part) {
        part = make("section", { class: "bt-year", "data-year": year }, make("h2", {}, names.get(year)), make("ul", { class: "bt-rows" }));
        list.append(part);
      }
      const item = row(record);
      part.lastElementChild.append(item);
      return item;
    };
    const files = new Map();
    const fetched = (tag, number) => {
      const address = `${folder}by-tag/${tag}.${number}.js`;
      if (!files.has(address)) {
        files.set(address, new Promise((done, fail) => {
          let rows = [];
          const script = make("script", { src: address });
          script.onload = () => { script.remove(); rows = globalThis.btTaken; done(rows); };
          script.onerror = () => { script.remove(); files.delete(address); fail(new Error(address)); };
          document.head.append(script);
        }));
      }
      return files.get(address);
    };
    globalThis.btRows = (rows) => { globalThis.btTaken = rows; };
    const records = async (filter, from, to) => {
      const [first, last] = [before(filter) + from, before(filter) + to];
      const parts = [];
      for (let number = Math.floor(first / FILE); number * FILE < last; number += 1) parts.push(fetched(filter.tag, number));
      const offset = Math.floor(first / FILE) * FILE;
      return (await Promise.all(parts)).flat().slice(first - offset, last - offset);
    };

    // ---- Filtering --------------------------------------------------------------------------------------------------
    const current = (filter) => JSON.stringify(filter) === JSON.stringify(asked());
    let shown = 0;
    const add = async (filter) => {
      const total = found(filter);
      const rows = await records(filter, shown, Math.min(shown + PAGE, total));
      if (!current(filter)) return null; // another one was chosen meanwhile
      if (!shown) list.replaceChildren();
      const items = rows.map(place);
      shown += rows.length;
      more.hidden = shown >= total;
      more.textContent = words.more.replace("{}", Math.min(PAGE, total - shown));
      return items;
    };
    const fits = (item, year, filter) =>
      (!filter.year || year === filter.year) && (!filter.tag || (item.dataset.tags || "").split(" ").includes(filter.tag));
    const narrow = (filter) => {
      list.replaceChildren(...written);
      for (const part of written) {
        const items = [...part.querySelectorAll(".bt-row")];
        for (const item of items) item.hidden = !fits(item, part.dataset.year, filter);
        part.hidden = part.dataset.year ? items.every((item) => item.hidden) : false;
      }
    };
    const show = async (filter) => {
      shown = 0;
      more.hidden = true;
      if (long && active(filter) && found(filter)) return add(filter);
      if (long && active(filter)) return list.replaceChildren();
      return narrow(long ? { year: "", tag: "" } : filter);
    };

    // Every link says what the list would be with its value in place of the one that is chosen.
    const address = (filter) => {
      if (long && filter.year && !filter.tag) return places.get(filter.year);
      const query = new URLSearchParams(Object.entries(filter).filter(([, chosen]) => chosen));
      return active(filter) ? `${base}?${query}` : base;
    };
    const aim = (filter) => {
      for (const link of links) {
        const key = "tag" in link.dataset ? "tag" : "year";
        const next = { ...filter, [key]: link.dataset[key] };
        const chosen = link.dataset[key] === filter[key];
        link.href = address(next);
        if (chosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        const size = link.parentElement.querySelector("small");
        if (size) size.textContent = found(next);
        link.parentElement.hidden = Boolean(size) && !chosen && !found(next);
      }
      const tag = links.find((link) => link.dataset.tag && link.dataset.tag === filter.tag);
      const summary = nav.querySelector("summary span");
      if (summary) summary.textContent = tag ? ` · ${tag.textContent}` : "";
      if (tag) tag.closest("details").open = true;
      for (const link of document.querySelectorAll("[data-bt-switch]")) link.search = fixed ? "" : location.search;
    };

    const apply = async () => {
      const filter = fixed ? { year: fixed, tag: "" } : asked();
      if (!fixed && long && filter.year && !filter.tag && places.has(filter.year)) return location.replace(places.get(filter.year));
      try {
        if (!fixed) {
          list.setAttribute("aria-busy", "true");
          await show(filter);
          count.textContent = active(filter) ? words.count.replace("{found}", found(filter)).replace("{all}", sum(years)) : all;
          none.hidden = !active(filter) || found(filter) > 0;
        }
      } catch {
        narrow({ year: "", tag: "" });
        count.textContent = words.failed;
      } finally {
        if (fixed || current(filter)) {
          aim(filter);
          list.removeAttribute("aria-busy");
          html.classList.remove("bt-waiting");
        }
      }
      return undefined;
    };

    nav.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || fixed || !link.href.split(/[?#]/)[0].startsWith(base) || link.href.split(/[?#]/)[0] !== base) return;
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      try { history.pushState(null, "", link.href); } catch { return; } // opened from a folder: the link is followed
      event.preventDefault();
      apply();
    });
    more.addEventListener("click", async () => {
      try {
        const items = await add(asked());
        items?.[0]?.querySelector("a").focus(); // goes on where the new rows begin
      } catch {
        count.textContent = words.failed;
      }
    });
    addEventListener("popstate", apply);
    apply();
  };

  start(); // deferred: the page is there
})();
