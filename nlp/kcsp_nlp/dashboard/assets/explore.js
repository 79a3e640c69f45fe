"use strict";

// A list: the state in the address, the filters, the table, and what is saved.
(() => {
  const { address, combobox, data, download, filters, lists, records: shared, wording } = window.kcsp;
  const { element, number, plural } = wording;
  const ROWS = 50; // of a page
  const PAUSE = 300; // milliseconds without a key before text counts as typed
  const collator = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

  const page = document.getElementById("explore");
  const form = page.querySelector("form");
  const count = document.getElementById("count");
  const announcement = document.getElementById("announcement");
  const table = page.querySelector("table");
  const pagination = page.querySelector(".pagination");
  const kind = page.dataset.list;

  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));

  // The rows in the order that a state asks for; what is not known comes last either way.
  const ordered = (list, rows, state) => {
    const falling = (state.sort || "").startsWith("-");
    const key = (state.sort || "").replace(/^-/, "");
    const column = list.columns.find((each) => each.key === key && each.sort);
    if (!column) {
      return rows;
    }
    const keyed = rows.map((row, place) => [column.sort(row), place, row]);
    keyed.sort(([a, i], [b, j]) => {
      if ((a === "") !== (b === "")) {
        return a === "" ? 1 : -1;
      }
      return (falling ? compare(b, a) : compare(a, b)) || i - j;
    });
    return keyed.map(([, , row]) => row);
  };

  const start = (list, records) => {
    let state = address.read(window.location.hash);
    let shown = list.rows; // all rows that match, in order
    let turn = 0;
    let typing = false;
    const boxes = new Map();

    // The table

    const sorted = (column) => {
      const [key, falling] = state.sort
        ? [state.sort.replace(/^-/, ""), state.sort.startsWith("-")]
        : ["date", true];
      if (key !== column.key) {
        return null;
      }
      return falling ? "descending" : "ascending";
    };

    // Made once: a button that was pressed keeps the focus.
    const makeHead = () => {
      const cells = list.columns.map((column) => {
        const cell = element("th", { scope: "col", role: "columnheader", class: column.class });
        if (!column.sort) {
          cell.append(element("span", { class: "sort-none" }, column.title));
          return cell;
        }
        const button = element("button", { type: "button", class: "sort" }, column.title);
        button.append(element("span", { class: "sort-sign", "aria-hidden": "true" }));
        button.addEventListener("click", () => {
          const direction = sorted(column);
          const falling = direction ? direction === "ascending" : Boolean(column.falling);
          change({ sort: (falling ? "-" : "") + column.key });
        });
        cell.append(button);
        return cell;
      });
      table.tHead.replaceChildren(element("tr", { role: "row" }, ...cells));
    };

    const markHead = () => {
      list.columns.forEach((column, place) => {
        const cell = table.tHead.rows[0].cells[place];
        const direction = column.sort ? sorted(column) : null;
        if (direction) {
          cell.setAttribute("aria-sort", direction);
        } else {
          cell.removeAttribute("aria-sort");
        }
      });
    };

    const drawRow = (row) =>
      element(
        "tr",
        { role: "row" },
        ...list.columns.map((column) => {
          const attributes = column.head
            ? { scope: "row", role: "rowheader" }
            : { role: "cell" };
          const content = [column.cell(row)].flat();
          const cell = element(
            column.head ? "th" : "td",
            { ...attributes, class: column.class, "data-title": column.title },
            ...content,
          );
          return cell;
        }),
      );

    // Pages

    const pages = () => Math.max(1, Math.ceil(shown.length / ROWS));
    const current = () => Math.min(Number(state.page || 1), pages());

    const drawPages = () => {
      const at = current();
      const step = (title, to) => {
        const button = element("button", { type: "button" }, title);
        button.disabled = to < 1 || to > pages();
        button.addEventListener("click", () => {
          change({ page: to > 1 ? String(to) : "" }, { samePage: true });
          count.focus();
          count.scrollIntoView({ block: "start" });
        });
        return element("li", null, button);
      };
      const here = element("li", { class: "pagination-here" }, `Page ${number(at)} of ${number(pages())}`);
      pagination.hidden = pages() === 1;
      pagination.firstElementChild.replaceChildren(
        step("First", at > 1 ? 1 : 0),
        step("Previous", at - 1),
        here,
        step("Next", at + 1),
        step("Last", at < pages() ? pages() : pages() + 1),
      );
    };

    const draw = () => {
      const first = (current() - 1) * ROWS;
      const rows = shown.slice(first, first + ROWS);
      markHead();
      table.tBodies[0].replaceChildren(...rows.map(drawRow));
      drawPages();
      const all = list.rows.length;
      const found = plural(shown.length, list.one, list.many);
      const part = rows.length < shown.length
        ? `, ${number(first + 1)} to ${number(first + rows.length)} shown`
        : "";
      count.textContent =
        shown.length === all ? found + part : `${number(shown.length)} of ${plural(all, list.one, list.many)}${part}`;
      document.getElementById("none").hidden = shown.length > 0;
      page.querySelector(".table").hidden = shown.length === 0;
      for (const button of page.querySelectorAll("[data-download]")) {
        button.disabled = shown.length === 0;
      }
      announce(`${found} found`);
      page.dataset.ready = String(shown.length);
    };

    // Said once the reader has paused, never at each key.
    let waiting = 0;
    const announce = (text) => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        announcement.textContent = text;
      }, 2 * PAUSE);
    };

    const refresh = () => {
      turn += 1;
      const mine = turn;
      return filters.apply(list, records, state).then((rows) => {
        if (mine === turn) {
          shown = ordered(list, rows, state);
          draw();
        }
      });
    };

    // The filters

    const fill = () => {
      for (const control of form.querySelectorAll("[data-key]")) {
        const { key } = control.dataset;
        const value = state[key] || "";
        if (boxes.has(key)) {
          boxes.get(key).show(value);
          continue;
        }
        if (control.tagName === "SELECT" && ![...control.options].some((each) => each.value === value)) {
          control.append(element("option", { value }, "Not in this site"));
        }
        if (!(key === "q" && typing)) {
          control.value = value;
        }
      }
    };

    const change = (what, { replace = false, samePage = false } = {}) => {
      state = { ...state, ...(samePage ? {} : { page: "" }), ...what };
      address.write(state, replace);
      fill();
      refresh();
    };

    const listen = (control) => {
      const { key } = control.dataset;
      if (key !== "q") {
        control.addEventListener("change", () => change({ [key]: control.value }));
        return;
      }
      let pause = 0;
      const typed = () => {
        window.clearTimeout(pause);
        if ((state.q || "") !== control.value) {
          // One entry of the history for all that is typed in one go.
          change({ q: control.value }, { replace: typing });
          typing = document.activeElement === control;
        }
      };
      control.addEventListener("input", () => {
        window.clearTimeout(pause);
        pause = window.setTimeout(typed, PAUSE);
      });
      control.addEventListener("change", typed);
      control.addEventListener("blur", () => {
        typing = false;
      });
    };

    for (const control of form.querySelectorAll("[data-key]")) {
      const { key } = control.dataset;
      if (control.classList.contains("combobox")) {
        const chosen = (token) => change({ [key]: token });
        boxes.set(key, combobox.make(control, () => filters.options(list, key), chosen));
      } else {
        listen(control);
      }
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    const clear = () => {
      state = {};
      change({});
      form.querySelector("input, select").focus();
    };
    for (const button of page.querySelectorAll("[data-clear]")) {
      button.addEventListener("click", clear);
    }

    // What is saved: every row that matches, not this page alone.

    const saved = () => shown.map((row) => list.fields.map(([, value]) => value(row)));
    const names = list.fields.map(([name]) => name);
    const formats = {
      csv: () => download.save(`${list.file}.csv`, "text/csv", download.csv(names, saved())),
      json: () => {
        const asked = Object.fromEntries(new URLSearchParams(address.format({ ...state, page: "" })));
        const text = download.json(list.many, asked, names, saved());
        download.save(`${list.file}.json`, "application/json", text);
      },
    };
    for (const button of page.querySelectorAll("[data-download]")) {
      button.addEventListener("click", () => formats[button.dataset.download]());
    }

    address.follow(
      () => state,
      (asked) => {
        state = asked;
        typing = false;
        fill();
        refresh();
      },
    );
    makeHead();
    fill();
    return refresh();
  };

  const failed = (error) => {
    count.textContent = `This list cannot be shown: ${error.message}.`;
  };
  const own = kind === "actions" || kind === "money" ? data.load(kind) : null;
  Promise.all([shared.load(), own])
    .then(([records, packed]) => start(lists[kind](records, packed, page.dataset.today), records))
    .catch(failed);
})();
