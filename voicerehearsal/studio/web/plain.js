// A page that only shows.
import {live, usable} from "./live.js";

usable();
live({});
