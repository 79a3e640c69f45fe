"use strict";

// Numbers, dates and sums as `wording.py` writes them, and elements that hold text.
(() => {
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];
  const SYMBOLS = new Map([["GBP", "£"], ["EUR", "€"], ["USD", "$"]]);
  const SHORT = 3;
  const figures = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
  const pence = new Intl.NumberFormat("en-GB", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });

  const number = (value) => figures.format(value);
  const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

  // 18 Nov 2021, Nov 2021 or 2021: as precise as the date is known.
  const day = (iso) => {
    if (!iso) {
      return "not known";
    }
    const [year, month, date] = iso.split("-");
    const name = month && MONTHS[Number(month) - 1];
    if (!name) {
      return iso;
    }
    return `${date ? `${Number(date)} ` : ""}${name.slice(0, SHORT)} ${year}`;
  };

  const money = (amount, currency) => {
    const digits = Number.isInteger(amount) ? number(amount) : pence.format(amount);
    const symbol = SYMBOLS.get(currency);
    return symbol ? symbol + digits : `${digits} ${currency || ""}`.trim();
  };

  // An element: its text is never read as markup.
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) {
        made.setAttribute(key, value === true ? "" : value);
      }
    }
    made.append(...children);
    return made;
  };

  const link = (href, text, attributes) => element("a", { href, ...attributes }, text);

  window.kcsp = window.kcsp || {};
  window.kcsp.wording = { number, plural, day, money, element, link };
})();
