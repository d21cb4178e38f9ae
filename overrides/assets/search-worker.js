/* The search itself, behind the messages that the theme's search understands. hooks/_search_*.py write what it reads:
   a head, shards of terms with the pages they stand on, and each page's text. Only what a question needs is fetched. */
(() => {
  "use strict";
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3; // the theme's messages
  const LEVELS = 8, DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const SHOWN = 20; // pages in the list; the number of all is said above it
  const SPAN = 4; // shards at most for one word: the beginning of a word may be that of very many
  const FORMS = 40; // words at most that begin as the one being typed
  const PARTS = 24; // of a question: whoever pastes a page asks with its beginning
  const PASSAGES = 4; // of one page
  const TEASER = 180; // characters
  const ENOUGH = 0.5, NEAR = 0.75; // a page holds so much of the question, and so much of what the best page holds
  const HAN = /[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3134f}]/u;
  const PIECES = new RegExp(`${HAN.source}+|[0-9]+\\.[0-9]+|(?:(?!${HAN.source})[\\p{L}\\p{N}])+`, "gu");
  const here = self.document ? document.currentScript.src : location.href; // in a frame, where no worker can be started

  let settings = null;
  let head = null; // of the index
  let simple = new Map(); // simplified characters of traditional ones
  const texts = new Map(); // what was fetched
  let turn = 0; // an answer that comes after the next question is not given

  // ---- words ---------------------------------------------------------------------------------------------------------
  const known = new Map(); // folded forms of single characters
  const foldCharacter = (character) => {
    if (!known.has(character)) {
      known.set(character, character.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace("đ", "d"));
    }
    const bare = known.get(character);
    return simple.get(bare) ?? bare;
  };
  const simplifyBy = (pairs) => {
    const table = [...pairs];
    simple = new Map(table.flatMap((each, i) => (i % 2 ? [[table[i - 1], each]] : [])));
  };
  // Each character folded; a comma between thousands is nothing.
  const THOUSANDS = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
  const folded = (text) => [...text.replace(THOUSANDS, "\0")].map((each) => (each === "\0" ? "" : foldCharacter(each)));
  const fold = (text) => folded(text).join("");
  const pieces = (text) => fold(text).match(PIECES) ?? [];
  const isHan = (piece) => HAN.test(piece);
  const pairs = (run) => {
    const characters = [...run];
    return characters.length < 2 ? characters : characters.slice(1).map((each, i) => characters[i] + each);
  };

  // The stemmer is that of the theme's own search, which waits for messages too: ours are kept from it.
  let stemmer = null;
  const stem = (word) => stemmer(new self.lunr.Token(word, {})).toString();
  const loadStemmer = async () => {
    if (stemmer) return;
    await self.importScripts(new URL(settings.stemmer, here).href);
    stemmer = self.lunr.stemmer;
  };

  // ---- index ---------------------------------------------------------------------------------------------------------
  const fetched = (name) => {
    if (!texts.has(name)) {
      const text = fetch(new URL(settings.index + name, here)).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status} ${name}`);
        return answer.text();
      });
      text.catch(() => texts.delete(name)); // so that the next question tries again
      texts.set(name, text);
    }
    return texts.get(name);
  };

  const loadHead = async (han) => {
    head ??= JSON.parse(await fetched("head.json"));
    if (!han || simple.size) return;
    simplifyBy(await fetched("simplified.txt"));
  };

  const shards = new Map(); // terms of each shard with their postings
  const shard = async (number) => {
    if (!shards.has(number)) {
      const text = await fetched(`terms/${number}.txt?${head.version}`);
      shards.set(number, text.split("\n").map((line) => line.split(" ")));
    }
    return shards.get(number);
  };

  // The terms that begin with a text, from SPAN shards at most, and their postings.
  const beginning = async (start) => {
    let first = head.first.findIndex((term) => term > start) - 1;
    if (first === -2) first = head.first.length - 1;
    const numbers = [];
    for (let i = Math.max(first, 0); i < head.first.length && numbers.length < SPAN; i += 1) {
      if (i > first && !head.first[i].startsWith(start)) break;
      numbers.push(i);
    }
    return (await Promise.all(numbers.map(shard))).flat().filter(([term]) => term.startsWith(start));
  };

  const postings = (codes) => {
    const found = [];
    let number = -1, value = 0, shift = 0;
    for (const digit of codes) {
      const five = DIGITS.indexOf(digit);
      value |= (five & 31) << shift;
      shift += 5;
      if (five & 32) continue;
      number += Math.floor(value / LEVELS) + 1;
      found.push([number, (value % LEVELS + 0.5) / LEVELS]);
      value = shift = 0;
    }
    return found;
  };

  // Pages of several terms that count as one, such as the forms of a word.
  const united = (found) => {
    const pages = new Map();
    for (const [, codes, weight] of found) {
      for (const [page, level] of postings(codes)) {
        pages.set(page, 1 - (1 - (pages.get(page) ?? 0)) * (1 - level * weight));
      }
    }
    return pages;
  };

  // ---- a question ------------------------------------------------------------------------------------------------------
  // A part of a question is one term of it: a word with its forms, or a pair of characters.
  // `from` and `to` say which of the characters of its piece it covers.
  const wordParts = async (word, typing) => {
    const root = stem(word), found = await beginning(root.length > 2 ? root.replace(/[eiy]$/, "") : root);
    const forms = found.filter(([term]) => term === word || stem(term) === root).map(([term, codes]) => [term, codes, term === word ? 1 : 0.9]);
    const longer = typing && word.length > 2
      ? found.filter(([term]) => term.startsWith(word) && !forms.some(([form]) => form === term)).slice(0, FORMS).map(([term, codes]) => [term, codes, 0.5])
      : [];
    return [{ from: 0, to: 1, forms: [...forms, ...longer].map(([term]) => term), pages: united([...forms, ...longer]) }];
  };

  const hanParts = (run) => Promise.all(pairs(run).map(async (pair, i) => {
    const found = (await beginning(pair)).filter(([term]) => [...run].length === 1 || term === pair);
    return { from: i, to: i + [...pair].length, forms: [pair], pages: united(found.map(([term, codes]) => [term, codes, 1])) };
  }));

  // How much of a piece some of its parts cover, 0 to 1; characters that stand for little need not be there.
  const cover = (piece, parts) => {
    const wanted = [...piece.text].map((character, i) => (piece.han && settings.stop.includes(character) ? -1 : i));
    const there = new Set(parts.flatMap((part) => wanted.slice(part.from, part.to)));
    const all = piece.han ? wanted.filter((i) => i >= 0).length : 1;
    if (!piece.han) return parts.length ? 1 : 0;
    return all ? [...there].filter((i) => i >= 0).length / all : +(parts.length > 0);
  };

  const shortened = (all) => {
    let room = PARTS;
    return all.flatMap((piece) => {
      const kept = isHan(piece) ? [...piece].slice(0, room + 1).join("") : piece;
      const here = room > 0 ? [kept] : [];
      room -= isHan(kept) ? Math.max(1, [...kept].length - 1) : 1;
      return here;
    });
  };

  const asked = async (text) => {
    let all = pieces(text);
    if (!all.length) return [];
    await loadHead(all.some(isHan));
    all = pieces(text); // with simplified characters
    if (all.some((piece) => !isHan(piece))) await loadStemmer();
    const telling = all.filter((piece) => !settings.stop.includes(piece));
    const chosen = shortened([...new Set(telling.length ? telling : all)]);
    const last = /\s$/.test(text) ? "" : all.at(-1);
    return Promise.all(chosen.map(async (piece) => {
      const han = isHan(piece);
      const parts = han ? await hanParts(piece) : await wordParts(piece, piece === last);
      return { text: piece, han, weight: han ? Math.min([...piece].length, 4) : 2, parts };
    }));
  };

  const rare = (pages) => Math.log(1 + (head.pages - pages.size + 0.5) / (pages.size + 0.5));

  // Pages by how much of the question they hold and how much of it speaks of them.
  const ranked = (question) => {
    const pages = new Map();
    for (const piece of question) {
      for (const part of piece.parts) {
        const worth = rare(part.pages);
        for (const [page, level] of part.pages) {
          if (!pages.has(page)) pages.set(page, { page, score: 0, parts: new Map() });
          const found = pages.get(page);
          found.score += worth * level;
          found.parts.set(piece, [...found.parts.get(piece) ?? [], part]);
        }
      }
    }
    const weight = question.reduce((sum, piece) => sum + piece.weight, 0);
    for (const found of pages.values()) {
      found.cover = question.reduce((sum, piece) => sum + piece.weight * cover(piece, found.parts.get(piece) ?? []), 0) / weight;
      found.score *= found.cover ** 2;
    }
    const best = Math.max(0, ...[...pages.values()].map((found) => found.cover));
    const least = Math.max(ENOUGH, best * NEAR);
    return [...pages.values()].filter((found) => found.cover >= least).sort((a, b) => b.score - a.score || a.page - b.page);
  };

  // ---- what is shown -----------------------------------------------------------------------------------------------------
  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);

  // Where the question stands in a text: [start, end, piece, words as they stand there] of each place, in order.
  const places = (text, question) => {
    const letters = [...text], shapes = folded(text);
    const starts = [0];
    for (const each of shapes) starts.push(starts.at(-1) + each.length);
    const flat = shapes.join(""), at = (offset) => starts.findLastIndex((start) => start <= offset);
    const found = [];
    for (const piece of question) {
      for (const part of piece.parts) {
        for (const form of part.forms) {
          for (let i = flat.indexOf(form); i >= 0; i = flat.indexOf(form, i + 1)) {
            const whole = piece.han || (!/[\p{L}\p{N}]/u.test(flat[i - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(flat[i + form.length] ?? " "));
            if (whole) found.push({ start: at(i), end: at(i + form.length - 1) + 1, piece, part });
          }
        }
      }
    }
    return { letters, found: found.sort((a, b) => a.start - b.start || b.end - a.end) };
  };

  const spans = (found) => {
    const joined = [];
    for (const { start, end } of found) {
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  };

  const marked = (letters, found, from = 0, to = letters.length) => {
    let html = "", done = from;
    for (const [start, end] of spans(found)) {
      if (end <= from || start >= to) continue;
      const [a, b] = [Math.max(start, from), Math.min(end, to)];
      html += `${escaped(letters.slice(done, a).join(""))}<mark>${escaped(letters.slice(a, b).join(""))}</mark>`;
      done = b;
    }
    return html + escaped(letters.slice(done, to).join(""));
  };

  // The piece of a long text that holds most of the question.
  const teaser = ({ letters, found }) => {
    if (letters.length <= TEASER) return marked(letters, found);
    const value = (from) => new Set(found.filter(({ start, end }) => start >= from && end <= from + TEASER).map(({ part }) => part)).size;
    const froms = found.length ? found.map(({ start }) => Math.max(0, start - TEASER / 4)) : [0];
    let from = Math.floor(froms.reduce((best, each) => (value(each) > value(best) ? each : best)));
    if (from > 0 && /[\p{L}\p{N}]/u.test(letters[from - 1]) && !HAN.test(letters[from])) {
      const blank = letters.indexOf(" ", from); // not in the middle of a word
      if (blank > 0 && blank - from < 20) from = blank + 1;
    }
    let to = Math.min(letters.length, from + TEASER);
    if (to < letters.length && /[\p{L}\p{N}]/u.test(letters[to]) && !HAN.test(letters[to])) {
      const blank = letters.lastIndexOf(" ", to);
      if (to - blank < 20) to = blank;
    }
    return `${from ? "… " : ""}${marked(letters, found, from, to)}${to < letters.length ? " …" : ""}`;
  };

  const covered = (question, found) => {
    const weight = question.reduce((sum, piece) => sum + piece.weight, 0);
    const parts = (piece) => [...new Set(found.filter((each) => each.piece === piece).map(({ part }) => part))];
    return question.reduce((sum, piece) => sum + piece.weight * cover(piece, parts(piece)), 0) / weight;
  };

  // For the theme: which words are there, to be marked on the page, and which are missing.
  const named = (question, all) => {
    const terms = {};
    for (const piece of question) {
      const mine = all.flatMap(({ letters, found }) => spans(found.filter((each) => each.piece === piece)).map(([start, end]) => letters.slice(start, end).join("").toLowerCase()));
      for (const word of mine) terms[word] = true;
      if (!mine.length) terms[piece.text] = false;
    }
    return terms;
  };

  // One page: its title and the passages that answer, each with an address of its own.
  const result = ({ score }, page, question) => {
    const title = places(page.title, question), all = [title];
    let heading = { id: "", html: "" };
    const passages = [];
    for (const [i, [id, text, isHeading]] of page.text.entries()) {
      const here = places(text, question);
      all.push(here);
      if (isHeading) heading = { id, html: marked(here.letters, here.found) };
      if (!here.found.length) continue;
      const shown = isHeading ? places(page.text[i + 1]?.[1] ?? "", []) : here;
      const parts = here.found.map(({ part }) => part);
      passages.push({ id, heading: heading.html, text: teaser(shown), value: covered(question, here.found), order: i, parts });
    }
    passages.sort((a, b) => b.value - a.value || a.order - b.order);
    const told = new Set(); // a passage that says no more than those before it is folded away
    for (const passage of passages) {
      passage.value = told.size && passage.parts.every((part) => told.has(part)) ? passage.value * 0.9 : passages[0].value;
      passage.parts.forEach((part) => told.add(part));
    }
    const inTitle = covered(question, title.found), best = passages[0]?.value ?? 0;
    const total = score * (1 + inTitle + best);
    const terms = named(question, all);
    const section = (passage) => ({ location: passage.id ? `${page.url}#${passage.id}` : page.url, title: passage.heading, text: `<p>${passage.text}</p>`, score: total * passage.value, terms });
    const below = passages.filter((passage) => passage.id).slice(0, PASSAGES).map(section);
    const lead = passages[0]?.text ?? teaser(places(page.text[0]?.[1] ?? "", []));
    const top = { location: page.url, title: marked(title.letters, title.found), text: `<p>${lead}</p>`, tags: page.tags.map(escaped), terms, score: total * (inTitle > 0.99 ? 2 : 0.99 * best) };
    // The theme takes the first as the measure: what scores less is folded away. Its title is the page's in any case.
    return { total, items: [top, ...below].sort((a, b) => b.score - a.score) };
  };

  const answer = async (text) => {
    const question = await asked(text);
    if (!question.length) return { items: [], all: 0 };
    const found = ranked(question);
    const pages = await Promise.all(found.slice(0, SHOWN).map(({ page }) => fetched(`pages/${page}.json`)));
    const results = pages.map((page, i) => result(found[i], JSON.parse(page), question)).sort((a, b) => b.total - a.total);
    const completed = question.at(-1)?.parts[0]?.forms ?? [];
    return { items: results.map(({ items }) => items), all: found.length, suggest: question.at(-1)?.han ? [] : completed.slice(0, 1) };
  };

  // ---- messages ------------------------------------------------------------------------------------------------------------
  const handle = async ({ type, data }) => {
    if (type === SETUP) {
      settings = data.config;
      return { type: READY };
    }
    if (type !== QUERY) throw new TypeError(`unknown message ${type}`);
    const mine = ++turn;
    try {
      const found = await answer(data);
      return mine === turn ? { type: RESULT, data: { ...found, query: data } } : null;
    } catch (error) {
      console.warn(error);
      return mine === turn ? { type: RESULT, data: { items: [], query: data, failed: true } } : null;
    }
  };

  self.addEventListener("message", async (event) => {
    event.stopImmediatePropagation();
    const said = await handle(event.data);
    if (said) self.postMessage(said);
  });
  self.bitextSearch = { simplifyBy, fold, pieces, pairs, postings }; // for tests, which hold it to what hooks/_search_terms.py does
})();
