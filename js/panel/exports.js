/**
 * The exports of the WebAssembly file with both elements, as `../loader.js` hands them on: each element is mounted as
 * what it is. What a component of a panel tells goes to the panel first.
 */
import * as wasm from "barge-in-panel-wasm";
import { kept, panels } from "./seats.js";

export { abandon, begin, is_text, link, notify, refresh, session, user_id } from "barge-in-panel-wasm";

/** The exports that only a panel calls. */
const own = {
  copy_transcript: wasm.copy_transcript,
  insert_text: wasm.insert_text,
  panel: wasm.panel,
  scroll_to_newest: wasm.scroll_to_newest,
  transcript: wasm.transcript,
};

let trapped; // tells the runtime of a panic

export function onTrap(listener) {
  trapped = listener;
  wasm.onTrap(listener);
}

/** Calls an export for a panel. A panic gives `undefined`; the restart follows by itself. */
function call(name, ...args) {
  try {
    return own[name](...args);
  } catch (error) {
    trapped?.(error);
    reportError(error);
  }
}

export function mount(root, config, emit) {
  const panel = root.getRootNode().host;
  if (!panel.configured) return wasm.mount(root, config, emit);
  const whole = { ...panel.configured(config), kept: kept(config) };
  const id = wasm.mount_panel(root, whole, (name, detail) => panel.told(whole, emit, name, detail));
  panels.set(id, panel);
  panel.mounted((name, ...args) => call(name, id, ...args));
  return id;
}

export function update(id, config) {
  const panel = panels.get(id);
  if (panel) wasm.update_panel(id, { ...panel.configured(config), kept: kept(config) });
  else wasm.update(id, config);
}

export function unmount(id) {
  panels.get(id)?.mounted();
  panels.delete(id);
  wasm.unmount(id);
}
