"use strict";

// Tables as files to save: nothing in them can be taken for a formula, and Excel reads them right.
(() => {
  // What a spreadsheet may take for a formula: the same as `warehouse/formulas.py`.
  const SKIPPED =
    "\\s\\u0000-\\u001f\\u007f\\u0085\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff" +
    "'\"`´‘’‚‛“”„‟«»＇＂";
  const SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫";
  const FORMULA = new RegExp(`^'*(?:[\\t\\r\\n\\u0000]|[${SKIPPED}]*[${SIGNS}])`);

  const cell = (value) => {
    if (value === null || value === undefined || value === "") {
      return "";
    }
    if (typeof value === "number") {
      return String(value);
    }
    const text = FORMULA.test(value) ? `'${value}` : value;
    return `"${text.replace(/"/g, '""')}"`;
  };

  const csv = (names, rows) => {
    const lines = [names, ...rows].map((row) => row.map(cell).join(","));
    return `\ufeff${lines.join("\r\n")}\r\n`;
  };

  const json = (what, filters, names, rows) => {
    const objects = rows.map((row) =>
      Object.fromEntries(row.map((value, i) => [names[i], value === "" ? null : value])),
    );
    return `${JSON.stringify({ what, filters, rows: objects }, null, 1)}\n`;
  };

  const save = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    // The browser reads the address after this turn.
    window.setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  window.kcsp = window.kcsp || {};
  window.kcsp.download = { cell, csv, json, save };
})();
