/* On a page that has moved: to its new address, with the paragraph and whatever else the old address named. */
(() => {
  "use strict";
  const link = document.querySelector("a");
  location.replace(link.href + location.search + location.hash);
})();
