/**
 * The English texts that are needed while no WebAssembly is running: those of the placeholder, and why WebAssembly
 * cannot start. The first ones are the same as in `src/strings.rs`; a test compares them.
 */
export const words = {
  "barge-in": "Barge in",
  monitor: "Monitor",
  coach: "Coach",
  cancel: "Cancel",
  "supervisor-mode": "Supervisor mode",
  "no-session": "No session is selected.",
  connecting: "Connecting…",
  "unsupported-policy": "This page's security policy (CSP) does not allow WebAssembly.",
  "unsupported-missing": "A file of this button is missing on the server.",
  "unsupported-type": "The server sends something else in place of this button's WebAssembly file.",
  "unsupported-hash": "A file of this button is not the expected one (wrong integrity hash).",
  "unsupported-network": "A file of this button could not be fetched.",
  "unsupported-url": "The place of this button's WebAssembly file is not known. Set wasm-url.",
  "unsupported-wasm": "This browser has no WebAssembly, or it is switched off.",
  "unsupported-browser": "This browser is too old for this button: it needs Chrome or Edge 123, Firefox 128 or Safari 17.5.",
  "unsupported-engine": "WebAssembly could not start in this browser.",
  "unsupported-internal": "This button failed several times and was stopped.",
  restarted: "This button failed and was restarted.",
};
