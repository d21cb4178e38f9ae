/* Search without a server. Browsers start no worker from file://, so its script runs in a hidden frame instead, behind the
   same interface. Only the offline build has this file. */
(() => {
  "use strict";
  if (location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      const frame = Object.assign(document.createElement("iframe"), { hidden: true, tabIndex: -1 });
      document.body.append(frame);
      this.inner = frame.contentWindow;
      const script = new URL(address, document.baseURI);
      // The theme works out where its language files are from this path and stumbles over a folder named worker.
      const beside = (file) => new URL(`../lunr/${file.split("/lunr/").pop()}`, script);
      const load = (src) => new Promise((resolve, reject) => {
        const element = this.inner.document.createElement("script");
        Object.assign(element, { src, onload: resolve, onerror: reject });
        this.inner.document.body.append(element);
      });
      this.inner.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.inner.importScripts = (...files) => files.reduce((done, file) => done.then(() => load(beside(file))), Promise.resolve());
      this.ready = load(script);
    }

    postMessage(data) {
      this.ready.then(() => this.inner.dispatchEvent(new MessageEvent("message", { data })));
    }
  }

  window.Worker = window.IFrameWorker = FrameWorker; // the second is the name by which the theme knows it is in a frame
})();
