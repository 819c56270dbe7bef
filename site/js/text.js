// A page of text: the theme is all that it needs.
import { Store } from "./store.js";
import { Theme } from "./theme.js";

new Theme(new Store(), () => {});
