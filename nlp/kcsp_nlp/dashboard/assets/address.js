"use strict";

// What is shown lives in the fragment of the address: it can be copied, and back goes back.
(() => {
  const KEYS = ["q", "topic", "body", "from", "to", "person", "organisation", "law", "state",
    "sort", "page"];
  const DATE = /^\d{4}-\d\d-\d\d$/;
  const LONGEST = 200; // characters of a value; an address may come from anywhere

  // The state that a fragment says: only known keys, only values that could be meant.
  const read = (fragment) => {
    const state = {};
    const said = new URLSearchParams(fragment.replace(/^#/, ""));
    for (const key of KEYS) {
      const value = (said.get(key) || "").slice(0, LONGEST);
      const wrongDate = (key === "from" || key === "to") && !DATE.test(value);
      const wrongPage = key === "page" && !/^[1-9]\d{0,5}$/.test(value);
      if (value && !wrongDate && !wrongPage) {
        state[key] = value;
      }
    }
    return state;
  };

  const format = (state) => {
    const said = new URLSearchParams();
    for (const key of KEYS) {
      if (state[key]) {
        said.set(key, state[key]);
      }
    }
    return said.toString();
  };

  // Put a state into the address: as a new entry of the history, or in place of the last one.
  const write = (state, replace) => {
    const fragment = format(state);
    const address = fragment ? `#${fragment}` : window.location.href.split("#")[0];
    if (window.location.hash.slice(1) === fragment) {
      return;
    }
    window.history[replace ? "replaceState" : "pushState"](null, "", address);
  };

  // Call back whenever the reader goes to another state. A place on the page is none: the skip
  // link leaves what is shown as it is, and the address keeps saying it.
  const follow = (current, changed) => {
    window.addEventListener("hashchange", () => {
      const name = window.location.hash.slice(1);
      if (name && !name.includes("=") && document.getElementById(name)) {
        write(current(), true);
      } else {
        changed(read(window.location.hash));
      }
    });
  };

  window.kcsp = window.kcsp || {};
  window.kcsp.address = { read, write, follow, format };
})();
