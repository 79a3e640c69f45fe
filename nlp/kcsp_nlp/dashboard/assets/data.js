"use strict";

// Files of data are scripts that call `put`: other ways of loading are closed to a page on a disk.
(() => {
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const BITS = 5;
  const MORE = 32;
  const values = new Map();
  const loading = new Map();
  const codes = new Uint8Array(128);
  Array.from(ALPHABET).forEach((letter, code) => {
    codes[letter.charCodeAt(0)] = code;
  });

  const put = (name, value) => {
    values.set(name, value);
  };

  // A promise of what `data/<name>.js` holds; a file is loaded once.
  const load = (name) => {
    if (values.has(name)) {
      return Promise.resolve(values.get(name));
    }
    if (!loading.has(name)) {
      loading.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = `${document.documentElement.dataset.root}data/${name}.js`;
          script.onload = () => resolve(values.get(name));
          script.onerror = () => {
            loading.delete(name); // a later try may find it
            reject(new Error(`data/${name}.js was not found`));
          };
          document.head.append(script);
        }),
      );
    }
    return loading.get(name);
  };

  // The whole numbers of a packed column, as `exploring/packing.py` writes them.
  const integers = (packed) => {
    const found = [];
    let value = 0;
    let factor = 1; // not shifted: a place in the index may need more than 32 bits
    for (let i = 0; i < packed.length; i += 1) {
      const code = codes[packed.charCodeAt(i)];
      value += (code % MORE) * factor;
      if (code < MORE) {
        found.push(value);
        value = 0;
        factor = 1;
      } else {
        factor *= 1 << BITS;
      }
    }
    return found;
  };

  // The same of numbers that were written as what each adds to the one before.
  const postings = (packed) => {
    const found = integers(packed);
    for (let i = 1; i < found.length; i += 1) {
      found[i] += found[i - 1];
    }
    return found;
  };

  const TOKEN = 16;
  const tokenAt = (tokens, place) => tokens.slice(place * TOKEN, (place + 1) * TOKEN);
  const placeOf = (tokens, token) => {
    if (!/^[0-9a-f]{16}$/.test(token)) {
      return -1;
    }
    let at = tokens.indexOf(token);
    while (at >= 0 && at % TOKEN) {
      at = tokens.indexOf(token, at + 1);
    }
    return at < 0 ? -1 : at / TOKEN;
  };

  window.kcsp = window.kcsp || {};
  window.kcsp.data = { put, load, integers, postings, tokenAt, placeOf };
})();
