/* What browsers do not do with file://, done another way behind the same interface. Only the offline build has this file. */
(() => {
  "use strict";
  if (location.protocol !== "file:") return;

  /* A page may not read a file, but it may run a script: beside each article, and in the place of each file of the
     search, stands one that holds its text. */
  const pages = new Map();
  window.offlinePage = (html) => pages.set(document.currentScript.src, html);

  const read = (script) => new Promise((resolve) => {
    const answer = (status) => () => resolve(new Response(pages.get(script) ?? "", { status, headers: { "Content-Type": "text/html; charset=utf-8" } }));
    document.head.append(Object.assign(document.createElement("script"), { src: script, onload: answer(200), onerror: answer(404) }));
  });

  const fetchFromServer = window.fetch;
  window.fetch = (asked, settings) => {
    const { protocol, pathname } = new URL(asked instanceof Request ? asked.url : asked, document.baseURI);
    if (protocol !== "file:") return fetchFromServer(asked, settings);
    return read(new URL(`file://${pathname}${pathname.endsWith("/") ? "index.html" : ""}.js`).href);
  };

  /* A worker is not started, so the search runs in a hidden frame instead. */
  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      const frame = Object.assign(document.createElement("iframe"), { hidden: true, tabIndex: -1 });
      document.body.append(frame);
      this.inner = frame.contentWindow;
      const load = (src) => new Promise((resolve, reject) => {
        const element = this.inner.document.createElement("script");
        Object.assign(element, { src, onload: resolve, onerror: reject });
        this.inner.document.body.append(element);
      });
      this.inner.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.inner.importScripts = load;
      this.inner.fetch = window.fetch;
      this.ready = load(new URL(address, document.baseURI));
    }

    postMessage(data) {
      this.ready.then(() => this.inner.dispatchEvent(new MessageEvent("message", { data })));
    }
  }

  window.Worker = window.IFrameWorker = FrameWorker; // the second is the name by which the theme knows it is in a frame
})();
