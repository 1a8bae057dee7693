/** The figures of all scenarios as a Markdown table. */

export function table({ measured, machine, times, results }) {
  const { chromium, cpu, cores, linux } = machine;
  const rows = results.map((result) => {
    if (!result.shown) return `| ${result.name} | ${result.failed} | | | | |`;
    const { name, shown, noticedMs, trueMs, presses, posts, onTheWire } = result;
    const requests = presses || posts ? `${posts} (${onTheWire})` : "0";
    const cells = [name, shown.join(" → "), seconds(noticedMs), seconds(trueMs), requests, result.false.length];
    return `| ${cells.join(" | ")} |${result.failed ? " failed" : ""}`;
  });
  return [
    `Measured ${measured.slice(0, 10)} in Chromium ${chromium} on ${cores} × ${cpu}, Linux ${linux}, with ${times} times.`,
    "",
    "| fault | shown from then on | noticed after | true after healing | POSTs (at the server) | false states |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** `undefined` is a fault that was never noticed. */
function seconds(ms) {
  return ms === undefined ? "not seen" : `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
