// The only script of our own: the policy allows none inline. The address is given, because the glue was bound without one.
import init from "./ui.js";

await init({ module_or_path: new URL("./ui_bg.wasm", import.meta.url) });
