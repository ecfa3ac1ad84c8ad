// Runs the script of our pages, as it is, at moments, and prints which parts it then shows.
//
// The first argument is the path of the script, the second that of a list of cases: `now`, and
// `parts`, each with its attributes `from`, `until` and `hidden`.

import { readFileSync } from "node:fs"
import { createContext, runInContext } from "node:vm"

const [code, cases] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"))

function shown({ now, parts }) {
  const elements = parts.map((part) => ({
    dataset: { from: part.from ?? undefined, until: part.until ?? undefined },
    hidden: part.hidden,
    parentNode: { matches: () => false, setAttribute: () => {} },
  }))
  const timed = elements.filter(({ dataset }) => dataset.from ?? dataset.until)
  const document = {
    currentScript: { dataset: { now } },
    addEventListener: () => {},
    querySelectorAll: (selector) => (selector.includes("data-from") ? timed : []),
  }
  runInContext(code, createContext({
    document,
    MutationObserver: class { observe() {} takeRecords() {} },
    addEventListener: () => {},
    setTimeout: () => {},
    clearTimeout: () => {},
    Date, Infinity, performance,
  }))
  return elements.map(({ hidden }) => !hidden)
}

console.log(JSON.stringify(JSON.parse(cases).map(shown)))
