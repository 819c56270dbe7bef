// A page of text: the theme is all that it needs.
import { Store } from "./keep/store.js";
import { Theme } from "./page/theme.js";

new Theme(new Store(), () => {});
